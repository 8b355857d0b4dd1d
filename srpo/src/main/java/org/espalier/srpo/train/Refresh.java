package org.espalier.srpo.train;

import java.util.List;
import org.espalier.core.PathTree;
import org.espalier.model.decoder.Deltas;

/** Explores again with the model as it stands (an option of ours; the paper explores once, with the base model). */
@FunctionalInterface
public interface Refresh {
    /** For a training that explores once. */
    Refresh NEVER = (round, current) -> List.of();

    /**
     * Explores.
     *
     * @param round from 1
     * @param current the adapter so far
     */
    List<PathTree> explore(int round, Deltas current);
}
