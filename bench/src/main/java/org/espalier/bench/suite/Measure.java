package org.espalier.bench.suite;

import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.espalier.bench.stats.Cellwise;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.stats.Statistic;

/**
 * A figure of a benchmark, in percent.
 *
 * @param key as files name it
 * @param title for people
 * @param counted what counts, in a word or two; empty where the title says it
 * @param headline whether it is one of those that the benchmark is known by
 * @param value from the counts; NaN where nothing was counted that it could be of
 * @param coverage how much of what it is the mean of was counted
 * @param range from the least that it can be to the most
 * @param cells that it is of and that have a count, where that is known
 * @param cellwise how it comes of its cells, where that is known
 */
public record Measure(
        String key,
        String title,
        String counted,
        Direction direction,
        boolean headline,
        ToDoubleFunction<OutcomeTally> value,
        Coverage coverage,
        Interval range,
        Optional<Collection<String>> cells,
        Optional<Cellwise> cellwise) {
    /**
     * Of an unweighted mean over cells: those without any count are left out of it, which a reader must know.
     *
     * @param cells that the benchmark as published has; 0 where a figure is no such mean
     * @param counted of them, those that a tally has a count of
     */
    public record Coverage(int cells, ToIntFunction<OutcomeTally> counted) {
        static final Coverage WHOLE = new Coverage(0, _ -> 0);
    }

    public static Measure headline(
            String key, String title, Direction direction, ToDoubleFunction<OutcomeTally> value) {
        return of(key, title, direction, true, value);
    }

    public static Measure detail(String key, String title, Direction direction, ToDoubleFunction<OutcomeTally> value) {
        return of(key, title, direction, false, value);
    }

    private static Measure of(
            String key, String title, Direction direction, boolean headline, ToDoubleFunction<OutcomeTally> value) {
        return new Measure(
                key,
                title,
                "",
                direction,
                headline,
                value,
                Coverage.WHOLE,
                Interval.PERCENT,
                Optional.empty(),
                Optional.empty());
    }

    /** The same as a mean over so many cells. */
    public Measure over(int cells, ToIntFunction<OutcomeTally> counted) {
        return with(this.counted, new Coverage(cells, counted), range, this.cells, cellwise);
    }

    /** The same, saying what counts. */
    public Measure counting(String words) {
        return with(words, coverage, range, cells, cellwise);
    }

    /** The same, saying what it can be. */
    public Measure between(double least, double most) {
        return with(counted, coverage, new Interval(least, most), cells, cellwise);
    }

    /** The same, known to be of these cells alone. */
    public Measure of(Collection<String> cells) {
        return with(counted, coverage, range, Optional.of(cells), cellwise);
    }

    /** The same, known to come of its cells so. */
    public Measure coming(Cellwise of) {
        return with(counted, coverage, range, cells, Optional.of(of));
    }

    private Measure with(
            String words, Coverage over, Interval within, Optional<Collection<String>> some, Optional<Cellwise> how) {
        return new Measure(key, title, words, direction, headline, value, over, within, some, how);
    }

    /** As intervals are made of it. */
    public Statistic statistic() {
        return new Statistic(value, Optional.of(range), cells, cellwise);
    }

    /** What a reader must know of its value; empty where all of its cells were counted. */
    public Optional<String> note(OutcomeTally tally) {
        int counted = coverage.counted().applyAsInt(tally);
        return counted >= coverage.cells()
                ? Optional.empty()
                : Optional.of("from " + counted + " of " + coverage.cells() + " cells");
    }
}
