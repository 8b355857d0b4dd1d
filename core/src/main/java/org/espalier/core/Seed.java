package org.espalier.core;

import java.util.SplittableRandom;

/**
 * Where the random numbers of one purpose come from: 64 bits that are a function of a run's seed, the name of the
 * purpose and what is drawn for. Nothing that is drawn depends on how much was drawn before it or on the order of the
 * work, and two purposes never share numbers. The same on every machine. This is the only derivation of seeds in the
 * project.
 *
 * <p>The functions are those of SplitMix64 (Steele, Lea and Flood, 2014): a seed is a state of that generator.
 */
public record Seed(long value) {
    /** Bits of a {@linkplain #uniform number}: 52, so that its product with a positive total is always below the total. */
    public static final int BITS = 52;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /**
     * The seed of a purpose.
     *
     * @param seed of the run
     * @param purpose its name, for example {@code "demonstrations"}
     * @param numbers what is drawn for, for example the number of an epoch
     */
    public static Seed of(long seed, String purpose, long... numbers) {
        Seed derived = new Seed(mix(seed)).and(purpose);
        for (long number : numbers) {
            derived = derived.and(number);
        }
        return derived;
    }

    /** The seed of a part that a text names, for example the id of a question. */
    public Seed and(String part) {
        long hash = value;
        for (int i = 0; i < part.length(); i++) {
            hash = mix(hash ^ part.charAt(i));
        }
        return new Seed(hash).and(part.length());
    }

    /** The seed of a part that has a number. */
    public Seed and(long part) {
        return new Seed(mix(value + part));
    }

    /** As many numbers as are wanted, in a row. */
    public SplittableRandom random() {
        return new SplittableRandom(value);
    }

    /** The number at a position, from 0, in units of 2^-{@value #BITS}: uniform from 0 to 2^{@value #BITS} - 1. */
    public long uniform(long position) {
        return mix(value + GOLDEN * position) >>> (Long.SIZE - BITS);
    }

    /** One number, uniform in [0, 1). */
    public double fraction() {
        return Math.scalb((double) uniform(0), -BITS);
    }

    private static long mix(long state) {
        long z = state + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
