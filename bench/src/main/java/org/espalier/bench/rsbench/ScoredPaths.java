package org.espalier.bench.rsbench;

import java.util.function.Consumer;

/** Judged paths in order, one at a time, as often as they are asked for: a run's are read from its files anew. */
@FunctionalInterface
public interface ScoredPaths {
    void each(Consumer<ScoredPath> take);
}
