package org.espalier.ssui.intake;

import org.espalier.ssui.pool.PooledPicture;

/** What became of one candidate. */
sealed interface Decision {
    /** It is in the pool. */
    record Pooled(PooledPicture picture) implements Decision {}

    /** It is not; nothing that comes later is compared with it. */
    record Refused(Refusal refusal) implements Decision {}

    /** It was harmful by itself; what looks like it is a near-duplicate all the same. */
    record Unsafe(PooledPicture picture, Refusal refusal) implements Decision {}
}
