package org.espalier.picture.internal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a picture is given up. Sizes, bytes and scans are bounded, so that a picture ends by itself; the clock stands behind
 * these bounds, for the one that nobody thought of.
 */
public final class Deadline {
    /** A lossy WebP of 100 megapixels took 2 s on one core; other formats may be slower, and other programs want that core. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private final LongSupplier clock;
    private final long start;
    private final Duration limit;

    public Deadline(Duration limit) {
        this(limit, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    Deadline(Duration limit, LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.limit = limit;
    }

    public boolean passed() {
        return clock.getAsLong() - start >= limit.toNanos();
    }

    public UnreadablePicture late() {
        return UnreadablePicture.late(limit);
    }
}
