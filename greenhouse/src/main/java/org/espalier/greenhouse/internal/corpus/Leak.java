package org.espalier.greenhouse.internal.corpus;

/** Something in a training text that belongs to the tests alone. */
public record Leak(Kind kind, String what) {
    /** What has leaked. */
    public enum Kind {
        /** A picture together with its query. */
        QUESTION,
        /** A held-out combination in the form of a path. */
        COMBINATION,
        /** A held-out drawing. */
        DRAWING
    }
}
