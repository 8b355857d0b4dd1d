package org.espalier.bench.rsbench;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;

/** What {@code results.json} holds: the figures of every reported slice. */
public record Results(Bootstrap bootstrap, List<Figures> figures) {
    public Results {
        figures = List.copyOf(figures);
    }

    static Results of(List<ScoredPath> paths, Bootstrap bootstrap) {
        List<Asked> questions =
                paths.stream().map(path -> path.answer().asked()).distinct().toList();
        return new Results(
                bootstrap,
                Slice.reported(questions).stream()
                        .map(slice -> Figures.of(slice, paths, bootstrap))
                        .toList());
    }

    /** The figures of one slice; empty where it was not reported. */
    public Optional<Figures> of(Slice slice) {
        return figures.stream().filter(one -> one.slice().equals(slice)).findFirst();
    }
}
