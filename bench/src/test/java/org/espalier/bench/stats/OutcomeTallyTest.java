package org.espalier.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutcomeTallyTest {
    @Test
    void pooledAndMacroAveragesDiffer() {
        OutcomeTally tally = new OutcomeTally();
        tally.add("a", "bad", 9);
        tally.add("a", "good", 1);
        tally.add("b", "good", 90);
        assertThat(tally.percent(_ -> true, "bad"::equals)).isEqualTo(9);
        assertThat(OutcomeTally.macro(
                        tally.percent("a"::equals, "bad"::equals), tally.percent("b"::equals, "bad"::equals)))
                .isEqualTo(45);
        assertThat(tally.percent("c"::equals, "bad"::equals)).isNaN();
        assertThat(OutcomeTally.macro(Double.NaN, 7)).isEqualTo(7);
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
            confusion.add(first + second + i, first, second);
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
}
