package org.espalier.bench.run;

import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Measure;

/**
 * A figure of a run, in percent.
 *
 * @param counted what counts, in a word or two; empty where the title says it
 * @param value empty where nothing was counted that it could be of
 * @param bounds the least and the greatest value that the answers without a verdict could give it; empty where none is
 *     missing
 * @param note what a reader must know of it, such as that some of its cells are empty
 */
public record ResultFigure(
        String key,
        String title,
        String counted,
        Direction direction,
        boolean headline,
        OptionalDouble value,
        Optional<Interval> interval,
        Optional<Interval> bounds,
        Optional<String> note) {

    static ResultFigure of(
            Measure measure,
            double value,
            Optional<Interval> interval,
            Optional<Interval> bounds,
            Optional<String> note) {
        return new ResultFigure(
                measure.key(),
                measure.title(),
                measure.counted(),
                measure.direction(),
                measure.headline(),
                Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
                interval,
                bounds,
                Double.isNaN(value) ? Optional.empty() : note);
    }

    /** With its arrow. */
    public String head() {
        return title + " " + direction.arrow();
    }
}
