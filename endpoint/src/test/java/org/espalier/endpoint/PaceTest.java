package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void spreadsWhatAMinuteMayHold() {
        Pace pace = new Pace(OptionalLong.of(60));
        long now = System.nanoTime() + SECOND;

        assertThat(pace.place(1, now)).isZero();
        assertThat(pace.place(1, now)).isEqualTo(SECOND);
        assertThat(pace.place(3, now)).isEqualTo(2 * SECOND);
        assertThat(pace.place(1, now)).isEqualTo(5 * SECOND);
        assertThat(pace.place(1, now + 60 * SECOND)).isZero();
    }

    @Test
    void givesBackWhatAnEstimateTookTooMuch() {
        Pace pace = new Pace(OptionalLong.of(60));
        long now = System.nanoTime() + SECOND;
        pace.place(10, now);
        pace.correct(10, 4);

        assertThat(pace.place(1, now)).isEqualTo(4 * SECOND);
    }
}
