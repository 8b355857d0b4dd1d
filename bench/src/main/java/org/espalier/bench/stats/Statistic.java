package org.espalier.bench.stats;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A number made from counts of outcomes.
 *
 * @param range what it lies in where it is a share or a mean of bounded values; empty where it is neither
 */
public record Statistic(ToDoubleFunction<OutcomeTally> value, Optional<Interval> range) {
    /** What is neither a share nor a mean. */
    static Statistic unbounded(ToDoubleFunction<OutcomeTally> value) {
        return new Statistic(value, Optional.empty());
    }
}
