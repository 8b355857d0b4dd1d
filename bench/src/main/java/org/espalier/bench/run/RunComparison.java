package org.espalier.bench.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.SignTest;

/**
 * Two runs compared question by question: both were asked the same, so that how hard a question is cancels out.
 *
 * @param units that count in both
 * @param apart units that count in only one of them; they are left out
 * @param difference mean merit of the first minus that of the second, in percentage points
 */
public record RunComparison(int units, int apart, double difference, Interval interval, SignTest signs, int ties) {
    /** How well each unit of a run went, from 0 to 1. */
    public static final class Merits {
        private final Map<String, Float> of = new HashMap<>();

        public void add(String unit, double merit) {
            of.put(unit, (float) merit);
        }
    }

    /** Empty where the two have no unit in common. */
    public static Optional<RunComparison> of(Merits first, Merits second, Bootstrap bootstrap) {
        String[] both = first.of.keySet().stream()
                .filter(second.of::containsKey)
                .sorted()
                .toArray(String[]::new);
        if (both.length == 0) {
            return Optional.empty();
        }
        double[] differences = new double[both.length];
        int better = 0;
        int worse = 0;
        for (int i = 0; i < both.length; i++) {
            differences[i] = 100.0 * (first.of.getOrDefault(both[i], 0f) - second.of.getOrDefault(both[i], 0f));
            better += differences[i] > 0 ? 1 : 0;
            worse += differences[i] < 0 ? 1 : 0;
        }
        return Optional.of(new RunComparison(
                both.length,
                first.of.size() + second.of.size() - 2 * both.length,
                Arrays.stream(differences).average().orElse(0),
                bootstrap.mean(differences),
                new SignTest(better, worse),
                both.length - better - worse));
    }
}
