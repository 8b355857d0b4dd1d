package org.espalier.model.decoder;

import java.util.Optional;

/** Where a forward pass finds what an adapter adds. */
@FunctionalInterface
public interface Deltas {
    /** The base model as it is. */
    Deltas NONE = (layer, linears) -> Optional.empty();

    /** To a product of the decoder. */
    Optional<LowRank> of(int layer, Projection linears);

    /** To a product of the vision side. */
    default Optional<LowRank> of(NamedLinear linear) {
        return Optional.empty();
    }

    /** Whether anything is added on the vision side, so that pictures look otherwise than to the base model. */
    default boolean changesPictures() {
        return false;
    }
}
