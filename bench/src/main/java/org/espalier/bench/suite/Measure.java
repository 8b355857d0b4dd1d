package org.espalier.bench.suite;

import java.util.function.ToDoubleFunction;
import org.espalier.bench.stats.Tally;

/**
 * A figure of a benchmark, in percent.
 *
 * @param key as files name it
 * @param title for people
 * @param headline whether it is one of those that the benchmark is known by
 * @param value from the counts; NaN where nothing was counted that it could be of
 */
public record Measure(String key, String title, Direction direction, boolean headline, ToDoubleFunction<Tally> value) {
    public static Measure headline(String key, String title, Direction direction, ToDoubleFunction<Tally> value) {
        return new Measure(key, title, direction, true, value);
    }

    public static Measure detail(String key, String title, Direction direction, ToDoubleFunction<Tally> value) {
        return new Measure(key, title, direction, false, value);
    }
}
