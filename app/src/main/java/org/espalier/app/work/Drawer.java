package org.espalier.app.work;

import java.nio.file.Path;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.plan.EndpointPlan;

/** Whose reasoning paths are drawn. Whoever explores with an endpoint never loads libtorch. */
public sealed interface Drawer {
    /** A checkpoint in this process. */
    record Checkpoint(Path model) implements Drawer {}

    /** A model behind an endpoint. */
    record Remote(EndpointPlan plan, ContinuationMode how) implements Drawer {}
}
