package org.espalier.bench.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.bench.run.UnitMerits.Merit;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.SignTest;
import org.espalier.bench.suite.Slice;

/**
 * Two runs compared question by question: both were asked the same, so that how hard a question is cancels out.
 *
 * @param units that count in both
 * @param apart units that count in only one of them; they are left out
 * @param difference mean over units of the first's merit minus the second's, from -1 to 1
 * @param interval of the difference, by resampling clusters of units
 * @param signs a cluster is better where its differences sum to more than 0
 * @param ties clusters on which both do equally well
 */
public record RunComparison(int units, int apart, double difference, Interval interval, SignTest signs, int ties) {
    /** The differences of a cluster's units, summed. */
    private static final class Cluster {
        private double difference;
        private int units;
    }

    /**
     * Compares on a slice.
     *
     * @param merit by its name
     * @return empty where the two have no counted unit in common
     */
    public static Optional<RunComparison> of(
            UnitMerits first, UnitMerits second, String merit, Slice slice, Bootstrap bootstrap) {
        Map<String, Merit> ones = first.of(merit, slice);
        Map<String, Merit> others = second.of(merit, slice);
        SequencedMap<String, Cluster> clusters = new LinkedHashMap<>();
        double sum = 0;
        int both = 0;
        for (var one : ones.entrySet()) {
            Merit other = others.get(one.getKey());
            if (other != null) {
                double difference = one.getValue().value() - other.value();
                Cluster cluster = clusters.computeIfAbsent(one.getValue().cluster(), _ -> new Cluster());
                cluster.difference += difference;
                cluster.units++;
                sum += difference;
                both++;
            }
        }
        if (both == 0) {
            return Optional.empty();
        }
        double[] differences =
                clusters.values().stream().mapToDouble(it -> it.difference).toArray();
        double[] units = clusters.values().stream().mapToDouble(it -> it.units).toArray();
        int better = 0;
        int worse = 0;
        for (double difference : differences) {
            better += difference > 0 ? 1 : 0;
            worse += difference < 0 ? 1 : 0;
        }
        return Optional.of(new RunComparison(
                both,
                ones.size() + others.size() - 2 * both,
                sum / both,
                bootstrap.ratio(differences, units),
                new SignTest(better, worse),
                clusters.size() - better - worse));
    }

    /** Whether the interval leaves out 0: only then may one of the two be called better on these questions. */
    public boolean decided() {
        return !interval.contains(0);
    }
}
