package org.espalier.endpoint.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static Optional<Duration> asked(String value, String date) {
        Header sent = date.isEmpty() ? null : new BasicHeader("Date", date);
        return Connections.retryAfter(new BasicHeader("Retry-After", value), sent);
    }

    @Test
    void aDateIsMeantByTheClockOfTheServerThatSaysIt() {
        assertThat(asked("Fri, 01 Jan 2038 00:00:07 GMT", "Fri, 01 Jan 2038 00:00:00 GMT"))
                .contains(Duration.ofSeconds(7));
        assertThat(asked("Sat, 01 Jan 2000 00:00:07 GMT", "Sat, 01 Jan 2000 00:00:00 GMT"))
                .contains(Duration.ofSeconds(7));
        assertThat(asked("Sat, 01 Jan 2000 00:00:00 GMT", "Sat, 01 Jan 2000 00:00:07 GMT"))
                .contains(Duration.ZERO);
    }

    @Test
    void withoutTheServersClockOursIsTaken() {
        assertThat(asked("Sat, 01 Jan 2000 00:00:07 GMT", "")).contains(Duration.ZERO);
        assertThat(asked("Sat, 01 Jan 2000 00:00:07 GMT", "yesterday")).contains(Duration.ZERO);
    }

    @Test
    void secondsAreSecondsAndNonsenseIsNothing() {
        assertThat(asked("1.5", "Sat, 01 Jan 2000 00:00:00 GMT")).contains(Duration.ofMillis(1500));
        assertThat(asked("soon", "Sat, 01 Jan 2000 00:00:00 GMT")).isEmpty();
        assertThat(asked("-7", "")).isEmpty();
        assertThat(Connections.retryAfter(null, null)).isEmpty();
    }
}
