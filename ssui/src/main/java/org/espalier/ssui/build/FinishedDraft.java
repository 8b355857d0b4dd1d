package org.espalier.ssui.build;

import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.WorkingSample;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.review.Draft;
import tools.jackson.databind.node.ObjectNode;

/** Makes the draft of a finished sample: its words, and a tag with every change. */
final class FinishedDraft {
    private FinishedDraft() {}

    static Draft of(WorkingSample sample, PooledPicture picture, Optional<String> twin, long seed) {
        return new Draft(
                sample.id(),
                picture.image(),
                sample.query(),
                sample.steps(),
                sample.answer(),
                sample.risk(),
                sample.category(),
                tag(sample, twin),
                provenance(seed));
    }

    private static ObjectNode tag(WorkingSample sample, Optional<String> twin) {
        ObjectNode tag = Json.object().put("scenario", sample.scenario()).put("aim", sample.aim());
        twin.ifPresent(other -> tag.put("twin", other));
        tag.set("history", Json.tree(sample.history()));
        return tag;
    }

    /** Who wrote which field stands in the history, what is known of the picture in the pool: export joins them. */
    private static ObjectNode provenance(long seed) {
        return Json.object().put("source", "espalier ssui build").put("seed", seed);
    }
}
