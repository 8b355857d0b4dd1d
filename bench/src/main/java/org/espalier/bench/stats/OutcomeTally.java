package org.espalier.bench.stats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How often each outcome was seen in each cell of a benchmark. Every published figure is arithmetic on these counts, so
 * that a hundred thousand judged answers need no more memory than ten.
 */
public final class OutcomeTally {
    private static final SortedMap<String, Counter> NONE = Collections.unmodifiableSortedMap(new TreeMap<>());

    private final SortedMap<String, SortedMap<String, Counter>> counts = new TreeMap<>();

    /** A count that can be set anew for each of many resamples. */
    static final class Counter {
        int times;
    }

    Counter counter(String cell, String outcome) {
        return counts.computeIfAbsent(cell, _ -> new TreeMap<>()).computeIfAbsent(outcome, _ -> new Counter());
    }

    /** Counts one outcome. */
    public void add(String cell, String outcome) {
        add(cell, outcome, 1);
    }

    /** Counts an outcome several times. */
    public void add(String cell, String outcome, int times) {
        counter(cell, outcome).times += times;
    }

    /** The same counts, apart from these. */
    public OutcomeTally copy() {
        return copy(counts.keySet());
    }

    /** The counts of some cells, apart from these. */
    public OutcomeTally copy(Collection<String> cells) {
        OutcomeTally copy = new OutcomeTally();
        for (String cell : cells) {
            counts.getOrDefault(cell, NONE).forEach((outcome, counter) -> copy.add(cell, outcome, counter.times));
        }
        return copy;
    }

    /** The counts of all cells as those of one. */
    public OutcomeTally pooled(String cell) {
        OutcomeTally pooled = new OutcomeTally();
        counts.values()
                .forEach(outcomes -> outcomes.forEach((outcome, counter) -> pooled.add(cell, outcome, counter.times)));
        return pooled;
    }

    /** Those in which anything was counted. */
    public SortedSet<String> cells() {
        SortedSet<String> cells = new TreeSet<>();
        counts.forEach((cell, outcomes) -> {
            if (outcomes.values().stream().anyMatch(counter -> counter.times > 0)) {
                cells.add(cell);
            }
        });
        return Collections.unmodifiableSortedSet(cells);
    }

    /** The outcomes of one cell; empty where nothing was counted. */
    public SortedMap<String, Integer> of(String cell) {
        SortedMap<String, Integer> outcomes = new TreeMap<>();
        counts.getOrDefault(cell, new TreeMap<>()).forEach((outcome, counter) -> {
            if (counter.times > 0) {
                outcomes.put(outcome, counter.times);
            }
        });
        return Collections.unmodifiableSortedMap(outcomes);
    }

    /** How many outcomes were counted in the cells that pass. */
    public int units(Predicate<String> cells) {
        return count(cells, _ -> true);
    }

    /** How many outcomes that pass were counted in the cells that pass. */
    public int count(Predicate<String> cells, Predicate<String> outcomes) {
        int sum = 0;
        for (var cell : counts.entrySet()) {
            if (cells.test(cell.getKey())) {
                for (var outcome : cell.getValue().entrySet()) {
                    sum += outcomes.test(outcome.getKey()) ? outcome.getValue().times : 0;
                }
            }
        }
        return sum;
    }

    /** Share of the outcomes of some cells that pass, in percent, cells pooled; NaN where there are none. */
    public double percent(Predicate<String> cells, Predicate<String> outcomes) {
        return 100.0 * count(cells, outcomes) / units(cells);
    }

    /** Mean of a number that each outcome stands for, over some cells; NaN where there are none. */
    public double mean(Predicate<String> cells, ToDoubleFunction<String> worth) {
        double sum = 0;
        int units = 0;
        for (var cell : counts.entrySet()) {
            if (cells.test(cell.getKey())) {
                for (var outcome : cell.getValue().entrySet()) {
                    units += outcome.getValue().times;
                    sum += outcome.getValue().times * worth.applyAsDouble(outcome.getKey());
                }
            }
        }
        return sum / units;
    }

    /** The same over cells that are named; the others are not looked at. */
    public double mean(Collection<String> cells, ToDoubleFunction<String> worth) {
        double sum = 0;
        int units = 0;
        for (String cell : cells) {
            for (var outcome : counts.getOrDefault(cell, NONE).entrySet()) {
                units += outcome.getValue().times;
                sum += outcome.getValue().times * worth.applyAsDouble(outcome.getKey());
            }
        }
        return sum / units;
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

    /** From what {@link #counted} gives. */
    @JsonCreator
    static OutcomeTally of(Map<String, Map<String, Integer>> counted) {
        OutcomeTally tally = new OutcomeTally();
        counted.forEach((cell, outcomes) -> outcomes.forEach((outcome, times) -> tally.add(cell, outcome, times)));
        return tally;
    }

    /** Outcomes by cell, as JSON has them. */
    @JsonValue
    SortedMap<String, SortedMap<String, Integer>> counted() {
        SortedMap<String, SortedMap<String, Integer>> counted = new TreeMap<>();
        cells().forEach(cell -> counted.put(cell, of(cell)));
        return counted;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof OutcomeTally tally && tally.counted().equals(counted());
    }

    @Override
    public int hashCode() {
        return counted().hashCode();
    }

    @Override
    public String toString() {
        return counted().toString();
    }
}
