package org.espalier.model.decoder;

import java.util.Optional;

/** Where a forward pass finds what an adapter adds. */
@FunctionalInterface
public interface Deltas {
    /** The base model as it is. */
    Deltas NONE = (layer, linears) -> Optional.empty();

    Optional<LowRank> of(int layer, Projection linears);
}
