package org.espalier.bench.stats;

import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A number made from counts of outcomes.
 *
 * @param range what it lies in where it is a share or a mean of bounded values; empty where it is neither
 * @param cells that it is of and that have a count, where that is known; a figure for each of thousands of cells would
 *     take the square of their number if each had to find its own
 * @param cellwise how it comes of its cells, where that is known
 */
public record Statistic(
        ToDoubleFunction<OutcomeTally> value,
        Optional<Interval> range,
        Optional<Collection<String>> cells,
        Optional<Cellwise> cellwise) {
    /** Of cells that its value tells. */
    public Statistic(ToDoubleFunction<OutcomeTally> value, Optional<Interval> range) {
        this(value, range, Optional.empty(), Optional.empty());
    }

    /** What is neither a share nor a mean. */
    static Statistic unbounded(ToDoubleFunction<OutcomeTally> value) {
        return new Statistic(value, Optional.empty());
    }
}
