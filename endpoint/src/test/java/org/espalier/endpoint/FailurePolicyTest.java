package org.espalier.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.core.SurroundingsException;
import org.espalier.endpoint.internal.HttpAnswer;
import org.espalier.endpoint.internal.Secret;
import org.espalier.endpoint.plan.EndpointPlan;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final FailurePolicy failures =
            new FailurePolicy(EndpointPlan.at("http://127.0.0.1:1/v1", "m", Optional.empty()), Secret.NONE, now::get);

    @Test
    void aServerThatAnswersNothingButItsOwnFaultsIsGivenUpAfterAMinuteAndAHalf() {
        fault(500);
        pass(60);
        fault(503);
        pass(30);
        fault(502);
        pass(1);

        assertThatThrownBy(() -> fault(500))
                .isInstanceOf(SurroundingsException.class)
                .hasMessage(
                        "Endpoint endpoint at http://127.0.0.1:1/v1 has answered nothing but HTTP 5xx for 91 seconds"
                                + " (refused: HTTP 500, out of order): see its log, and run the same command to continue; nothing"
                                + " is lost.");
    }

    @Test
    void anAnswerOrARefusalInBetweenBeginsTheTimeAnew() {
        fault(500);
        pass(80);
        failures.succeeded();
        fault(500);
        pass(80);
        fault(429);
        fault(500);
        pass(80);

        assertThat(fault(500)).isEqualTo("endpoint refused: HTTP 500, out of order");
    }

    @Test
    void theLastFailureIsKnownUntilSomethingGoesWell() {
        fault(500);
        assertThat(failures.last()).contains("endpoint refused: HTTP 500, out of order");

        failures.succeeded();
        assertThat(failures.last()).isEmpty();
    }

    private String fault(int status) {
        byte[] body = "{\"error\": \"out of order\"}".getBytes(UTF_8);
        return failures.refused(new HttpAnswer(status, body, Optional.empty()));
    }

    private void pass(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
