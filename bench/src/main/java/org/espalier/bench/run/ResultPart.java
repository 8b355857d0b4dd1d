package org.espalier.bench.run;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.suite.Slice;

/** Counts and figures of some of the questions. */
public record ResultPart(Slice slice, AnswerCounts counts, List<ResultFigure> figures) {
    public ResultPart {
        figures = List.copyOf(figures);
    }

    public Optional<ResultFigure> figure(String key) {
        return figures.stream().filter(figure -> figure.key().equals(key)).findFirst();
    }
}
