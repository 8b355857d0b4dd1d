package org.espalier.ssui.build;

import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.Sketch;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.review.Draft;
import tools.jackson.databind.node.ObjectNode;

/** Makes the draft of a finished sketch: its words, its tag with every change, and who wrote which field. */
final class Drafting {
    private Drafting() {}

    static Draft draft(Sketch sketch, PooledPicture picture, Optional<String> twin) {
        return new Draft(
                sketch.id(),
                picture.image(),
                sketch.query(),
                sketch.steps(),
                sketch.answer(),
                sketch.risk(),
                sketch.category(),
                tag(sketch, twin),
                provenance(sketch, picture));
    }

    private static ObjectNode tag(Sketch sketch, Optional<String> twin) {
        ObjectNode tag = Json.object().put("scenario", sketch.scenario()).put("aim", sketch.aim());
        twin.ifPresent(other -> tag.put("twin", other));
        tag.set("history", Json.tree(sketch.history()));
        return tag;
    }

    /** The last agent that changed a field wrote it. */
    private static ObjectNode provenance(Sketch sketch, PooledPicture picture) {
        ObjectNode provenance = Json.object();
        provenance.set("picture", Json.parse(Pool.line(picture)));
        ObjectNode fields = provenance.putObject("fields");
        for (ObjectNode entry : sketch.history()) {
            entry.path("changes").forEach(change -> {
                ObjectNode author = entry.deepCopy();
                author.remove("changes");
                fields.set(change.path("field").asString(), author);
            });
        }
        return provenance;
    }
}
