package org.espalier.greenhouse.picture;

import org.espalier.greenhouse.world.Thing;

/** One object as one of the collections draws it. */
public record Drawing(Thing thing, Style style) {
    /** The collections the drawings come from. */
    public enum Style {
        NOTO,
        TWEMOJI,
        FLUENT
    }

    /** "dog/noto", as split files name it. */
    public String key() {
        return thing.name() + "/" + style.name().toLowerCase(java.util.Locale.ROOT);
    }
}
