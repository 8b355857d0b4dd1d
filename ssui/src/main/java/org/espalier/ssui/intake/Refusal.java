package org.espalier.ssui.intake;

import org.espalier.core.file.Json;
import org.espalier.picture.PictureFault;
import org.espalier.ssui.pool.PictureSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * A picture that was not taken: a line of {@code refused.jsonl}.
 *
 * @param reason by which it is counted
 * @param what the same in a clause
 */
record Refusal(PictureSource source, String reason, String what) {
    /** The same bytes are in the pool. */
    static final String DUPLICATE = "duplicate";

    /** One that looks alike is in the pool. */
    static final String NEAR_DUPLICATE = "near-duplicate";

    /** Taken out of the pool by somebody. */
    static final String REMOVED = "removed";

    /** Harmful by itself. */
    static final String UNSAFE = "unsafe";

    static Refusal of(PictureSource source, PictureFault fault, String what) {
        return new Refusal(source, fault.label(), what);
    }

    ObjectNode json() {
        return Json.object()
                .put("collection", source.collection())
                .put("key", source.key())
                .put("reason", reason)
                .put("what", what);
    }
}
