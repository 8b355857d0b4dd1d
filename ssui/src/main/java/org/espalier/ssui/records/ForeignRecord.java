package org.espalier.ssui.records;

import java.nio.file.Path;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.review.Draft;

/**
 * A record of somebody else's, with the words of the draft that it becomes.
 *
 * @param picture its file
 * @param draft complete but for its picture's place in the pool
 */
public record ForeignRecord(Path picture, Draft draft) {
    /** The draft with its picture in the pool. */
    public Draft in(PooledPicture pooled) {
        return new Draft(
                draft.id(),
                pooled.image(),
                draft.query(),
                draft.steps(),
                draft.answer(),
                draft.risk(),
                draft.category(),
                draft.tag(),
                draft.provenance());
    }
}
