package org.espalier.bench.stats;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What two judges said of the same answers: how often the first said this where the second said that. */
public final class Confusion {
    private final SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
    private int total;
    private int same;

    /** Counts one answer that both judged. */
    public void add(String first, String second) {
        counts.computeIfAbsent(first, _ -> new TreeMap<>()).merge(second, 1, Integer::sum);
        total++;
        same += first.equals(second) ? 1 : 0;
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
}
