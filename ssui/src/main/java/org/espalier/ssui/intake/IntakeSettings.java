package org.espalier.ssui.intake;

import org.espalier.picture.PictureLimits;
import org.espalier.ssui.pool.Licence;

/**
 * How an intake chooses.
 *
 * @param limit pictures wanted in the pool; {@link #ALL} for every one
 * @param drawn candidates kept while lists are read, more than the limit because some will be refused
 * @param seed of the sample
 * @param near pictures whose perceptual hashes differ in so many bits or fewer are near-duplicates; -1 for none are
 * @param licence of pictures whose list says nothing of it
 */
public record IntakeSettings(int limit, int drawn, long seed, int near, PictureLimits limits, Licence licence) {
    /** No limit on the number of pictures. */
    public static final int ALL = Integer.MAX_VALUE;

    /** Candidates that fit the memory; a set of more than that has to be sampled. */
    public static final int MOST_DRAWN = 500_000;

    /** Differing bits of a 64-bit hash that scaling and compressing again stay below. */
    public static final int NEAR = 6;

    /** Candidates for a limit where none are named. */
    public static int drawnFor(int limit) {
        return (int) Math.min(MOST_DRAWN, 2L * limit + 1000);
    }
}
