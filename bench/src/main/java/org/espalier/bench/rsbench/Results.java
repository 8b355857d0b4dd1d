package org.espalier.bench.rsbench;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;

/** What {@code results.json} holds: the figures of every reported slice. */
public record Results(Bootstrap bootstrap, List<Figures> figures) {
    public Results {
        figures = List.copyOf(figures);
    }

    /** The figures of one slice; empty where it was not reported. */
    public Optional<Figures> of(Slice slice) {
        return figures.stream().filter(one -> one.slice().equals(slice)).findFirst();
    }
}
