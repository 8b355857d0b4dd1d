package org.espalier.bench.stats;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How often each outcome was seen in each cell of a benchmark. Every published figure is arithmetic on these counts, so
 * that a hundred thousand judged answers need no more memory than ten.
 */
public final class Tally {
    private final SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();

    /** Counts one unit. */
    public void add(String cell, String outcome) {
        add(cell, outcome, 1);
    }

    /** Counts several units of one outcome. */
    public void add(String cell, String outcome, int units) {
        counts.computeIfAbsent(cell, _ -> new TreeMap<>()).merge(outcome, units, Integer::sum);
    }

    public SortedSet<String> cells() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(counts.keySet()));
    }

    /** The outcomes of one cell; empty where nothing was counted. */
    public SortedMap<String, Integer> of(String cell) {
        return Collections.unmodifiableSortedMap(counts.getOrDefault(cell, new TreeMap<>()));
    }

    /** Units in the cells that pass. */
    public int units(Predicate<String> cells) {
        return count(cells, _ -> true);
    }

    /** Units in the cells that pass whose outcome passes. */
    public int count(Predicate<String> cells, Predicate<String> outcomes) {
        int sum = 0;
        for (var cell : counts.entrySet()) {
            if (cells.test(cell.getKey())) {
                for (var outcome : cell.getValue().entrySet()) {
                    sum += outcomes.test(outcome.getKey()) ? outcome.getValue() : 0;
                }
            }
        }
        return sum;
    }

    /** Share of the units of some cells whose outcome passes, in percent, cells pooled; NaN where there are none. */
    public double percent(Predicate<String> cells, Predicate<String> outcomes) {
        return 100.0 * count(cells, outcomes) / units(cells);
    }

    /** Mean of a number that each outcome stands for, over the units of some cells; NaN where there are none. */
    public double mean(Predicate<String> cells, Worth worth) {
        double sum = 0;
        for (var cell : counts.entrySet()) {
            if (cells.test(cell.getKey())) {
                for (var outcome : cell.getValue().entrySet()) {
                    sum += outcome.getValue() * worth.of(outcome.getKey());
                }
            }
        }
        return sum / units(cells);
    }

    /** What an outcome is worth. */
    @FunctionalInterface
    public interface Worth {
        double of(String outcome);
    }

    /** Unweighted mean of values, those that are NaN left out; NaN where none is left. */
    public static double macro(double... values) {
        double sum = 0;
        int n = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                n++;
            }
        }
        return sum / n;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Tally tally && tally.counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
