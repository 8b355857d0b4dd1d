package org.espalier.bench.stats;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The mean of values that come in clusters, each cluster counted once whatever it holds: what is repeated inside of one (other
 * seeds in the same world) says nothing of how clusters differ.
 *
 * @param mean of the clusters' means
 * @param interval of 95 %, by Student's t over the clusters' means; empty where there is one cluster
 * @param clusters how many
 * @param up values above 0
 * @param down values below 0
 * @param level values that are 0
 */
public record ClusterMean(double mean, Optional<Interval> interval, int clusters, int up, int down, int level) {
    private static final int FEWEST = 3;

    /**
     * Of some values.
     *
     * @param values by cluster
     * @return empty where there is none
     */
    public static Optional<ClusterMean> of(SequencedMap<?, List<Double>> values) {
        double[] means = values.values().stream()
                .filter(one -> !one.isEmpty())
                .mapToDouble(ClusterMean::mean)
                .toArray();
        if (means.length == 0) {
            return Optional.empty();
        }
        List<Double> all = values.values().stream().flatMap(List::stream).toList();
        double mean = sum(means) / means.length;
        return Optional.of(new ClusterMean(
                mean,
                interval(means, mean),
                means.length,
                (int) all.stream().filter(value -> value > 0).count(),
                (int) all.stream().filter(value -> value < 0).count(),
                (int) all.stream().filter(value -> value == 0).count()));
    }

    private static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static Optional<Interval> interval(double[] means, double mean) {
        int n = means.length;
        if (n < 2) {
            return Optional.empty();
        }
        double squares = 0;
        for (double one : means) {
            squares += (one - mean) * (one - mean);
        }
        double half = StudentT.middle95(n - 1) * Math.sqrt(squares / (n - 1) / n);
        return Optional.of(new Interval(mean - half, mean + half));
    }

    /** Whether the interval leaves out 0. Two clusters decide nothing: where they happen to agree it has no width. */
    public boolean decided() {
        return clusters >= FEWEST && interval.filter(it -> !it.contains(0)).isPresent();
    }
}
