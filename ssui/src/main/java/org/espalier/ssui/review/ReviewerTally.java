package org.espalier.ssui.review;

import java.time.Instant;
import java.util.Optional;

/** What one reviewer has done; decisions that stand, and revisions that were not undone. */
public record ReviewerTally(
        String reviewer, long accepted, long rejected, long skipped, long revisions, Optional<Instant> last) {}
