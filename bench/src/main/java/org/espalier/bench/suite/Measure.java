package org.espalier.bench.suite;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.espalier.bench.stats.Tally;

/**
 * A figure of a benchmark, in percent.
 *
 * @param key as files name it
 * @param title for people
 * @param headline whether it is one of those that the benchmark is known by
 * @param value from the counts; NaN where nothing was counted that it could be of
 * @param coverage how much of what it is the mean of was counted
 */
public record Measure(
        String key,
        String title,
        Direction direction,
        boolean headline,
        ToDoubleFunction<Tally> value,
        Coverage coverage) {
    /**
     * Of an unweighted mean over cells: those without any count are left out of it, which a reader must know.
     *
     * @param cells that the benchmark as published has; 0 where a figure is no such mean
     * @param counted of them, those that a tally has a count of
     */
    public record Coverage(int cells, ToIntFunction<Tally> counted) {
        static final Coverage WHOLE = new Coverage(0, _ -> 0);
    }

    public static Measure headline(String key, String title, Direction direction, ToDoubleFunction<Tally> value) {
        return new Measure(key, title, direction, true, value, Coverage.WHOLE);
    }

    public static Measure detail(String key, String title, Direction direction, ToDoubleFunction<Tally> value) {
        return new Measure(key, title, direction, false, value, Coverage.WHOLE);
    }

    /** The same as a mean over so many cells. */
    public Measure over(int cells, ToIntFunction<Tally> counted) {
        return new Measure(key, title, direction, headline, value, new Coverage(cells, counted));
    }

    /** What a reader must know of its value; empty where all of its cells were counted. */
    public Optional<String> note(Tally tally) {
        int counted = coverage.counted().applyAsInt(tally);
        return counted >= coverage.cells()
                ? Optional.empty()
                : Optional.of("from " + counted + " of " + coverage.cells() + " cells");
    }
}
