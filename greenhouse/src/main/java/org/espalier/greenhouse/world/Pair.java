package org.espalier.greenhouse.world;

/** Two objects without order: what a picture can tell of a question. */
public record Pair(Thing one, Thing other) {
    /** The pair of two objects, whichever is named first. */
    public static Pair of(Thing a, Thing b) {
        return a.index() < b.index() ? new Pair(a, b) : new Pair(b, a);
    }

    /** "dog+chocolate", as split files name it. */
    public String key() {
        return one.name() + "+" + other.name();
    }

    public boolean has(Thing thing) {
        return one.equals(thing) || other.equals(thing);
    }
}
