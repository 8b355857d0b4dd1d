package org.espalier.model.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * The uniform numbers that tokens are chosen with: a function of (seed, key, step, sample, position) alone, so that
 * neither the batch nor the order of the work decides what is drawn.
 */
public final class TokenNumbers {
    /** Bits of a number: 52, so that its product with a positive total is always below the total. */
    static final int BITS = 52;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private TokenNumbers() {}

    /**
     * Names the numbers of one continuation.
     *
     * @param key of the question
     */
    public static long stream(long seed, String key, int step, int sample) {
        long hash = FNV_BASIS;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        return LongStream.of(hash, step, sample).reduce(mix(seed), (state, next) -> mix((state ^ next) + GOLDEN));
    }

    /** The number of the token at a position of the continuation, from 0, in units of 2^-{@value #BITS}. */
    public static long at(long stream, int position) {
        return mix(stream + GOLDEN * (position + 1L)) >>> (Long.SIZE - BITS);
    }

    /** SplitMix64's output function. */
    private static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
