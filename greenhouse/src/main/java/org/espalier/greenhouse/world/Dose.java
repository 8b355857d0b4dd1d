package org.espalier.greenhouse.world;

/** How often an object is to be used. */
public enum Dose {
    ONCE,
    TWICE,
    OFTEN;

    /** The word in a sentence: "once". */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
