package org.espalier.workflow.explore;

import java.nio.file.Path;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.plan.EndpointPlan;

/** Whose reasoning paths are drawn. Whoever explores with an endpoint never loads libtorch. */
public sealed interface PathSource {
    /** A checkpoint in this process. */
    record Checkpoint(Path model) implements PathSource {}

    /** A model behind an endpoint. */
    record Remote(EndpointPlan plan, ContinuationMode mode) implements PathSource {}
}
