package org.espalier.ssui.build;

import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.Sketch;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.review.Draft;
import tools.jackson.databind.node.ObjectNode;

/** Makes the draft of a finished sketch: its words, and a tag with every change. */
final class Drafting {
    private Drafting() {}

    static Draft draft(Sketch sketch, PooledPicture picture, Optional<String> twin, long seed) {
        return new Draft(
                sketch.id(),
                picture.image(),
                sketch.query(),
                sketch.steps(),
                sketch.answer(),
                sketch.risk(),
                sketch.category(),
                tag(sketch, twin),
                provenance(seed));
    }

    private static ObjectNode tag(Sketch sketch, Optional<String> twin) {
        ObjectNode tag = Json.object().put("scenario", sketch.scenario()).put("aim", sketch.aim());
        twin.ifPresent(other -> tag.put("twin", other));
        tag.set("history", Json.tree(sketch.history()));
        return tag;
    }

    /** Who wrote which field stands in the history, what is known of the picture in the pool: export joins them. */
    private static ObjectNode provenance(long seed) {
        return Json.object().put("source", "espalier ssui build").put("seed", seed);
    }
}
