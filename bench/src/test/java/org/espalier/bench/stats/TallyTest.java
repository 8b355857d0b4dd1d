package org.espalier.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void pooledAndMacroAveragesDiffer() {
        Tally tally = new Tally();
        tally.add("a", "bad", 9);
        tally.add("a", "good", 1);
        tally.add("b", "good", 90);
        assertThat(tally.percent(_ -> true, "bad"::equals)).isEqualTo(9);
        assertThat(Tally.macro(tally.percent("a"::equals, "bad"::equals), tally.percent("b"::equals, "bad"::equals)))
                .isEqualTo(45);
        assertThat(tally.percent("c"::equals, "bad"::equals)).isNaN();
        assertThat(Tally.macro(Double.NaN, 7)).isEqualTo(7);
    }

    @Test
    void intervalsAgreeWithTheBinomialDistribution() {
        Tally tally = new Tally();
        tally.add("a", "bad", 30);
        tally.add("a", "good", 70);
        List<Optional<Interval>> intervals = new TallyBootstrap(new Bootstrap(0.95, 20_000, 3))
                .intervals(
                        tally,
                        List.of(t -> t.percent(_ -> true, "bad"::equals), t -> t.percent("b"::equals, _ -> true)));
        // Binomial(100, 0.3): its 2.5 % and 97.5 % quantiles are 21 and 39.
        assertThat(intervals.getFirst()).contains(new Interval(21, 39));
        assertThat(intervals.getLast()).as("a figure without units has none").isEmpty();
    }

    @Test
    void aCellOfOneUnitIsNotSure() {
        Tally tally = new Tally();
        for (int cell = 0; cell < 8; cell++) {
            tally.add("cell " + cell, cell < 4 ? "bad" : "good");
        }
        // Eight draws of eight units: Binomial(8, 0.5), whose 2.5 % and 97.5 % quantiles are 1 and 7.
        assertThat(new TallyBootstrap(new Bootstrap(0.95, 20_000, 1))
                        .intervals(tally, List.of(t -> t.percent(_ -> true, "bad"::equals))))
                .containsExactly(Optional.of(new Interval(12.5, 87.5)));
    }

    @Test
    void aFigureThatOftenHasNoValueHasNoInterval() {
        Tally tally = new Tally();
        tally.add("rare", "bad", 1);
        tally.add("usual", "good", 99);
        // The only rare unit is missing from (99/100)^100 = 37 % of the resamples.
        assertThat(new TallyBootstrap(new Bootstrap(0.95, 500, 1))
                        .intervals(tally, List.of(t -> t.percent("rare"::equals, "bad"::equals))))
                .containsExactly(Optional.empty());
    }

    @Test
    void kappaIsWorkedByHand() {
        Confusion confusion = new Confusion();
        add(confusion, "safe", "safe", 20);
        add(confusion, "safe", "unsafe", 5);
        add(confusion, "unsafe", "safe", 10);
        add(confusion, "unsafe", "unsafe", 15);
        // Agreement 35/50; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa (0.7 - 0.5) / 0.5.
        assertThat(confusion.agreement()).isEqualTo(0.7);
        assertThat(confusion.kappa()).isCloseTo(0.4, within(1e-12));
        assertThat(confusion.count("unsafe", "safe")).isEqualTo(10);
        Confusion one = new Confusion();
        add(one, "safe", "safe", 3);
        assertThat(one.kappa()).isEqualTo(1);
    }

    private static void add(Confusion confusion, String first, String second, int times) {
        for (int i = 0; i < times; i++) {
            confusion.add(first, second);
        }
    }

    @Test
    void sharesFollowSizesAndLeaveNoStratumOut() {
        TreeMap<String, Integer> sizes = new TreeMap<>();
        sizes.put("a", 1000);
        sizes.put("b", 100);
        sizes.put("c", 2);
        assertThat(Strata.share(sizes, 22).values()).containsExactly(19, 2, 1);
        assertThat(Strata.share(sizes, 2000)).isEqualTo(sizes);
        assertThat(Strata.share(sizes, 2).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void aRateOverEverythingIsSure() {
        assertThat(Strata.halfWidth(100, 100)).isZero();
        // 1.96 * sqrt(0.25 / 100) = 9.8 points of a very large set.
        assertThat(Strata.halfWidth(100, 1_000_000)).isCloseTo(9.8, within(0.01));
    }

    @Test
    void whereNothingVariesTheIntervalIsWilsons() {
        Tally tally = new Tally();
        tally.add("a", "good", 3);
        tally.add("b", "bad", 5);
        var interval = new TallyBootstrap(Bootstrap.of(1))
                .intervals(tally, List.of(t -> t.percent("a"::equals, "good"::equals)))
                .getFirst()
                .orElseThrow();
        // 3 / (3 + 1.96^2) = 43.85 %.
        assertThat(interval.low()).isCloseTo(43.85, within(0.01));
        assertThat(interval.high()).isEqualTo(100);
    }
}
