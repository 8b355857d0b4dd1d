package org.espalier.ssui.review;

/** What became of a write. */
public sealed interface SaveResult {
    /** It is in the store. */
    record Saved(Reviewed now) implements SaveResult {}

    /** Somebody else wrote since the version that the writer saw; nothing was changed. */
    record Conflict(Reviewed now) implements SaveResult {}
}
