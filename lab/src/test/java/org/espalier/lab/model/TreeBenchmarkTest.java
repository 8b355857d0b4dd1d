package org.espalier.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.core.Progress;
import org.junit.jupiter.api.Test;

class TreeBenchmarkTest {
    @Test
    void everyWayOfComputingTheSamePathsGivesTheSameNumbers() {
        TreeBenchmark.Outcome outcome = TreeBenchmark.run(
                Size.TINY.withSide(56), List.of(Way.TREE, Way.PAIRWISE, Way.AT_ONCE), 1, 1, 0, Progress.SILENT);

        assertThat(outcome.timings()).extracting(TreeBenchmark.Timing::tokens).containsExactly(318, 546, 546);
        assertThat(outcome.timings()).allSatisfy(timing -> {
            assertThat(timing.logprobDifference()).isLessThan(1e-4);
            assertThat(timing.gradientDifference()).isLessThan(1e-5);
        });
        // Were they computed the same way, nothing would differ by a rounding.
        assertThat(outcome.timings().subList(1, 3))
                .allSatisfy(timing -> assertThat(timing.gradientDifference()).isPositive());
    }

    @Test
    void questionsSideBySideGiveTheNumbersOfOne() {
        TreeBenchmark.Outcome outcome =
                TreeBenchmark.run(Size.TINY.withSide(56), List.of(Way.TREE, Way.PAIRWISE), 3, 1, 0, Progress.SILENT);

        assertThat(outcome.questions()).isEqualTo(3);
        assertThat(outcome.timings()).extracting(TreeBenchmark.Timing::tokens).containsExactly(318, 546);
        assertThat(outcome.timings().getLast().logprobDifference()).isLessThan(1e-4);
    }
}
