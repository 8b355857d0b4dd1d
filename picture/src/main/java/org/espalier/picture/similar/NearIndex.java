package org.espalier.picture.similar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Finds hashes that differ in at most {@code threshold} bits without comparing all with all: cut into one part more
 * than bits may differ, two such hashes agree in a whole part.
 */
public final class NearIndex {
    /** Beyond this many bits, pictures that have nothing in common count as near. */
    public static final int GREATEST = 16;

    private final int threshold;
    private final List<Map<Long, Numbers>> parts = new ArrayList<>();
    private long[] hashes = new long[16];
    private int size;

    /** @param threshold greatest number of differing bits, 0 to {@link #GREATEST} */
    public NearIndex(int threshold) {
        if (threshold < 0 || threshold > GREATEST) {
            throw new IllegalArgumentException("threshold " + threshold);
        }
        this.threshold = threshold;
        for (int i = 0; i <= threshold; i++) {
            parts.add(new HashMap<>());
        }
    }

    /** Adds a hash under the next number, from 0. */
    public int add(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size] = hash;
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).computeIfAbsent(part(hash, i), key -> new Numbers()).add(size);
        }
        return size++;
    }

    /** The number of the first hash added that is near; empty if none is. */
    public OptionalInt first(long hash) {
        int[] best = {Integer.MAX_VALUE};
        each(hash, number -> best[0] = Math.min(best[0], number));
        return best[0] == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(best[0]);
    }

    /** Hands over the numbers of all near hashes; one may come more than once. */
    public void each(long hash, IntConsumer take) {
        for (int i = 0; i < parts.size(); i++) {
            Numbers bucket = parts.get(i).get(part(hash, i));
            for (int j = 0; bucket != null && j < bucket.size(); j++) {
                if (PerceptualHash.distance(hash, hashes[bucket.get(j)]) <= threshold) {
                    take.accept(bucket.get(j));
                }
            }
        }
    }

    private long part(long hash, int i) {
        return part(hash, i, parts.size());
    }

    /** One of so many parts of a hash. */
    static long part(long hash, int i, int parts) {
        int from = 64 * i / parts;
        int to = 64 * (i + 1) / parts;
        return to - from == 64 ? hash : (hash >>> from) & ((1L << (to - from)) - 1);
    }
}
