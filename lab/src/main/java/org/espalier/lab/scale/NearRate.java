package org.espalier.lab.scale;

import java.util.SplittableRandom;
import org.espalier.picture.similar.NearIndex;

/**
 * How long the search for near-duplicates takes and how much memory its index does, among pictures that have nothing in common.
 *
 * @param pictures in the index in the end
 * @param near differing bits of near-duplicates
 */
public record NearRate(int pictures, int near) {
    /** Searches that are timed, the index being full. */
    private static final int TIMED = 20_000;

    /**
     * What was measured.
     *
     * @param micros for one search and for putting the hash in, at the end
     * @param bytes of memory for each picture
     */
    public record Result(int pictures, double micros, double bytes) {}

    /** Fills an index with random hashes. */
    public Result run() {
        SplittableRandom random = new SplittableRandom(pictures);
        long before = used();
        NearIndex index = new NearIndex(near);
        long found = 0;
        long start = 0;
        int timed = Math.min(TIMED, pictures);
        for (int i = 0; i < pictures; i++) {
            if (i == pictures - timed) {
                start = System.nanoTime();
            }
            long hash = random.nextLong();
            found += i >= pictures - timed && index.first(hash).isPresent() ? 1 : 0;
            index.add(hash);
        }
        double micros = (System.nanoTime() - start) / 1e3 / timed;
        long bytes = used() - before;
        // The index is looked at once more, so that it is there while memory is counted.
        found += index.first(random.nextLong()).isPresent() ? 1 : 0;
        if (found > timed / 2) {
            throw new IllegalStateException("random hashes are not near each other");
        }
        return new Result(pictures, micros, (double) bytes / pictures);
    }

    /** Bytes in use; what was let go of a moment ago may take more than one collection. */
    private static long used() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
