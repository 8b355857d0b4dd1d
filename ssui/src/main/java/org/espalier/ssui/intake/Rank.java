package org.espalier.ssui.intake;

import org.espalier.core.Seed;
import org.espalier.ssui.pool.PictureSource;

/**
 * A picture's place in the order of one seed: a hash of the seed and its name, so that the order of rows and files does
 * not matter.
 */
record Rank(long hash, String name) implements Comparable<Rank> {
    static Rank of(long seed, String collection, String key) {
        String name = collection + "\n" + key;
        return new Rank(Seed.of(seed, "intake").and(name).value(), name);
    }

    static Rank of(long seed, PictureSource source) {
        return of(seed, source.collection(), source.key());
    }

    @Override
    public int compareTo(Rank other) {
        int order = Long.compareUnsigned(hash, other.hash);
        return order != 0 ? order : name.compareTo(other.name);
    }
}
