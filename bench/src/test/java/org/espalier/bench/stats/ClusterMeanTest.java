package org.espalier.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Means over clusters, worked by hand. */
class ClusterMeanTest {
    @ParameterizedTest
    @CsvSource({"1, 12.7062", "2, 4.3027", "3, 3.1824", "5, 2.5706", "8, 2.3060", "17, 2.1098", "1000, 1.9623"})
    void hasTheQuantilesOfTheTables(int freedom, double quantile) {
        assertThat(StudentT.middle95(freedom)).isCloseTo(quantile, within(5e-5));
    }

    @Test
    void refusesNoFreedom() {
        assertThatThrownBy(() -> StudentT.middle95(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsEachClusterOnceHoweverManyValuesItHolds() {
        SequencedMap<String, List<Double>> values = new LinkedHashMap<>();
        values.put("a", List.of(1.0, 3.0, 2.0)); // mean 2
        values.put("b", List.of(4.0)); // mean 4
        values.put("c", List.of(-1.0, 1.0)); // mean 0
        values.put("d", List.of());

        ClusterMean mean = ClusterMean.of(values).orElseThrow();

        // Mean 2, deviation 2, so that half of the interval is 4.3027 · 2 / sqrt(3) = 4.968.
        assertThat(mean.mean()).isEqualTo(2);
        assertThat(mean.interval().orElseThrow().low()).isCloseTo(2 - 4.9683, within(1e-3));
        assertThat(mean.interval().orElseThrow().high()).isCloseTo(2 + 4.9683, within(1e-3));
        assertThat(mean.clusters()).isEqualTo(3);
        assertThat(List.of(mean.up(), mean.down(), mean.level())).containsExactly(5, 1, 0);
        assertThat(mean.decided()).isFalse();
    }

    @Test
    void decidesOnlyWhereTheIntervalLeavesOutZero() {
        SequencedMap<String, List<Double>> values = new LinkedHashMap<>();
        values.put("a", List.of(2.0));
        assertThat(ClusterMean.of(values).orElseThrow().interval()).isEmpty();
        assertThat(ClusterMean.of(values).orElseThrow().decided()).isFalse();

        values.put("b", List.of(2.2));
        // Mean 2.1, deviation 0.1414, half of the interval 12.706 · 0.1 = 1.27: but two clusters may agree by chance.
        assertThat(ClusterMean.of(values).orElseThrow().interval().orElseThrow().low())
                .isPositive();
        assertThat(ClusterMean.of(values).orElseThrow().decided()).isFalse();

        values.put("c", List.of(2.1));
        assertThat(ClusterMean.of(values).orElseThrow().decided()).isTrue();
        assertThat(ClusterMean.of(new LinkedHashMap<>())).isEmpty();
    }
}
