package org.espalier.ssui.intake;

import org.espalier.ssui.pool.PictureSource;

/**
 * A picture's place in the order of one seed: a hash of the seed and its name, so that the order of rows and files does
 * not matter.
 */
record Rank(long hash, String name) implements Comparable<Rank> {
    static Rank of(long seed, String collection, String key) {
        String name = collection + "\n" + key;
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return new Rank(mixed(hash ^ mixed(seed)), name);
    }

    static Rank of(long seed, PictureSource source) {
        return of(seed, source.collection(), source.key());
    }

    /** The finalizer of SplitMix64: every bit of the argument moves about half of the bits of the result. */
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    @Override
    public int compareTo(Rank other) {
        int order = Long.compareUnsigned(hash, other.hash);
        return order != 0 ? order : name.compareTo(other.name);
    }
}
