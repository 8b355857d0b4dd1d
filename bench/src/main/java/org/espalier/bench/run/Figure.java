package org.espalier.bench.run;

import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Direction;

/**
 * A figure of a run, in percent.
 *
 * @param value empty where nothing was counted that it could be of
 */
public record Figure(
        String key,
        String title,
        Direction direction,
        boolean headline,
        OptionalDouble value,
        Optional<Interval> interval) {}
