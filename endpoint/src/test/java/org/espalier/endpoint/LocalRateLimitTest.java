package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalRateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void spreadsWhatAMinuteMayHold() {
        RateLimit.Local limit = new RateLimit.Local(60);
        long now = System.nanoTime() + SECOND;

        assertThat(limit.place(1, now)).isZero();
        assertThat(limit.place(1, now)).isEqualTo(SECOND);
        assertThat(limit.place(3, now)).isEqualTo(2 * SECOND);
        assertThat(limit.place(1, now)).isEqualTo(5 * SECOND);
        assertThat(limit.place(1, now + 60 * SECOND)).isZero();
    }

    @Test
    void givesBackWhatAnEstimateTookTooMuch() {
        RateLimit.Local limit = new RateLimit.Local(60);
        long now = System.nanoTime() + SECOND;
        limit.place(10, now);
        limit.correct(10, 4);

        assertThat(limit.place(1, now)).isEqualTo(4 * SECOND);
    }
}
