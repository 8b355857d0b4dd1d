package org.espalier.workflow.explore;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.tensor.PlacementChoice;

/** Whose reasoning paths are drawn. Whoever explores with an endpoint never loads libtorch. */
public sealed interface PathSource {
    /** A checkpoint in this process, with an adapter or without. */
    record Checkpoint(Path model, Optional<Path> adapter, PlacementChoice placement) implements PathSource {
        /** On the processor, as it is stored. */
        public Checkpoint(Path model, Optional<Path> adapter) {
            this(model, adapter, PlacementChoice.USUAL);
        }

        /** Likewise, without an adapter. */
        public Checkpoint(Path model) {
            this(model, Optional.empty());
        }
    }

    /** A model behind an endpoint. */
    record Remote(EndpointPlan plan, ContinuationMode mode) implements PathSource {}
}
