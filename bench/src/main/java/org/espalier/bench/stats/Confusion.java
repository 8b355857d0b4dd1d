package org.espalier.bench.stats;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What two judges said of the same answers: how often the first said this where the second said that. */
public final class Confusion {
    private static final String CELL = "";
    /** Between the two labels of an outcome. */
    private static final char AND = '\0';

    private final SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
    private final Outcomes outcomes = new Outcomes();
    private int total;
    private int same;

    /**
     * Counts one answer that both judged.
     *
     * @param cluster of answers that are not independent of each other
     */
    public void add(String cluster, String first, String second) {
        outcomes.add(cluster, CELL, first + AND + second);
        add(first, second, 1);
    }

    private void add(String first, String second, int times) {
        counts.computeIfAbsent(first, _ -> new TreeMap<>()).merge(second, times, Integer::sum);
        total += times;
        same += first.equals(second) ? times : 0;
    }

    private static Confusion of(OutcomeTally tally) {
        Confusion confusion = new Confusion();
        tally.of(CELL).forEach((pair, times) -> {
            int and = pair.indexOf(AND);
            confusion.add(pair.substring(0, and), pair.substring(and + 1), times);
        });
        return confusion;
    }

    public int total() {
        return total;
    }

    /** Every label that either used. */
    public SortedSet<String> labels() {
        SortedSet<String> labels = new TreeSet<>(counts.keySet());
        counts.values().forEach(row -> labels.addAll(row.keySet()));
        return Collections.unmodifiableSortedSet(labels);
    }

    public int count(String first, String second) {
        return counts.getOrDefault(first, new TreeMap<>()).getOrDefault(second, 0);
    }

    /** Share of the answers on which both said the same; NaN without answers. */
    public double agreement() {
        return (double) same / total;
    }

    /** Cohen's kappa: {@code (p_o - p_e) / (1 - p_e)}; 1 where both always said one and the same; NaN without answers. */
    public double kappa() {
        double expected = 0;
        for (String label : labels()) {
            double first = 0;
            double second = 0;
            for (String other : labels()) {
                first += count(label, other);
                second += count(other, label);
            }
            expected += first / total * (second / total);
        }
        return expected == 1 ? 1 : (agreement() - expected) / (1 - expected);
    }

    /**
     * Intervals of agreement and of kappa, in this order, by resampling clusters; empty where there is nothing to resample.
     */
    public List<Optional<Interval>> intervals(Bootstrap bootstrap) {
        if (total == 0) {
            return List.of(Optional.empty(), Optional.empty());
        }
        return bootstrap.intervals(
                outcomes.all(),
                List.of(
                        new Statistic(tally -> of(tally).agreement(), Optional.of(new Interval(0, 1))),
                        Statistic.unbounded(tally -> of(tally).kappa())));
    }
}
