package org.espalier.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void oneQuestionCanOnlyBeDrawnAsItself() {
        assertThat(Bootstrap.of(1).ratio(new double[] {3}, new double[] {4})).isEqualTo(new Interval(0.75, 0.75));
    }

    @Test
    void twoQuestionsGiveZeroHalfOrOneInTheirKnownShares() {
        // (0, 0), (0, 1), (1, 0), (1, 1) are equally likely: a quarter 0, half 0.5, a quarter 1.
        double[] values = {0, 1};
        assertThat(mean(new Bootstrap(0.4, 2000, 5), values)).isEqualTo(new Interval(0.5, 0.5));
        assertThat(mean(new Bootstrap(0.6, 2000, 5), values)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void pathsOfOneQuestionAreDrawnTogether() {
        // Question A: 3 of 3, question B: 0 of 1. AA 1, AB and BA 3/4, BB 0.
        double[] counted = {3, 0};
        double[] judged = {3, 1};
        assertThat(new Bootstrap(0.4, 2000, 5).ratio(counted, judged)).isEqualTo(new Interval(0.75, 0.75));
        assertThat(new Bootstrap(0.9, 2000, 5).ratio(counted, judged)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void quantilesAreInterpolatedBetweenOrderStatistics() {
        // Two resamples are two order statistics; the quarter quantiles of level 0.5 lie a quarter of the way in.
        double[] values = {0, 1, 3, 8};
        Interval ends = mean(new Bootstrap(0.999999999, 2, 7), values);
        Interval middle = mean(new Bootstrap(0.5, 2, 7), values);
        double width = ends.high() - ends.low();
        assertThat(width).isPositive();
        assertThat(middle.low()).isCloseTo(ends.low() + width / 4, within(1e-6));
        assertThat(middle.high()).isCloseTo(ends.high() - width / 4, within(1e-6));
    }

    @Test
    void agreesWithTheBinomialDistribution() {
        // 30 of 100: a resample counts Binomial(100, 0.3), whose 2.5 % and 97.5 % quantiles are 21 and 39.
        double[] values = new double[100];
        Arrays.fill(values, 0, 30, 1);
        assertThat(mean(new Bootstrap(0.95, 20_000, 11), values)).isEqualTo(new Interval(0.21, 0.39));
    }

    @Test
    void coversTheTrueRateAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(3);
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            double[] values = random.doubles(120).map(u -> u < 0.6 ? 1 : 0).toArray();
            covered += mean(new Bootstrap(0.9, 400, trial), values).contains(0.6) ? 1 : 0;
        }
        assertThat(covered / 400.0).isBetween(0.85, 0.95);
    }

    @Test
    void sameSeedSameInterval() {
        double[] values = {0, 1, 1, 0, 1, 0.5, 0.25};
        assertThat(mean(Bootstrap.of(4), values)).isEqualTo(mean(Bootstrap.of(4), values));
        assertThat(mean(new Bootstrap(0.95, 50, 4), values)).isNotEqualTo(mean(new Bootstrap(0.95, 50, 5), values));
    }

    @Test
    void refusesNothingToResample() {
        assertThatThrownBy(() -> mean(Bootstrap.of(1), new double[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void touchingIntervalsOverlap() {
        assertThat(new Interval(0.1, 0.2).overlaps(new Interval(0.2, 0.3))).isTrue();
        assertThat(new Interval(0.2, 0.3).overlaps(new Interval(0.1, 0.2))).isTrue();
        assertThat(new Interval(0.1, 0.2).overlaps(new Interval(0.21, 0.3))).isFalse();
    }

    /** Of a mean: a ratio with ones below. */
    static Interval mean(Bootstrap bootstrap, double... values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return bootstrap.ratio(values, ones);
    }
}
