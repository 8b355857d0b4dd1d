package org.espalier.bench.run;

import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Direction;

/**
 * A figure of a run, in percent.
 *
 * @param value empty where nothing was counted that it could be of
 * @param note what a reader must know of it, such as that some of its cells are empty
 */
public record Figure(
        String key,
        String title,
        Direction direction,
        boolean headline,
        OptionalDouble value,
        Optional<Interval> interval,
        Optional<String> note) {
    /** One that says all. */
    public Figure(
            String key,
            String title,
            Direction direction,
            boolean headline,
            OptionalDouble value,
            Optional<Interval> interval) {
        this(key, title, direction, headline, value, interval, Optional.empty());
    }
}
