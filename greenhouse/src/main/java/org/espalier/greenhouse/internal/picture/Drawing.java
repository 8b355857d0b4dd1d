package org.espalier.greenhouse.internal.picture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.espalier.greenhouse.world.Thing;

/** One object as one of the collections draws it. */
public record Drawing(Thing thing, Style style) {
    /** Objects whose emoji are younger than the older collections. */
    private static final Set<String> YOUNG = Set.of(
            "parrot", "child", "onion", "bone", "tin", "thread", "coin", "teddy", "bleach", "soap", "water", "window",
            "ladder", "sponge");

    /** The collections the drawings come from. */
    public enum Style {
        NOTO,
        TWEMOJI,
        FLUENT,
        /** The same outlines as {@link #FLUENT} in other colours, with light and shade. */
        FLUENT_SHADED,
        /** Noto as it was until 2017. */
        BLOB,
        EMOJIONE;

        /** Whose outlines these are: who has seen one of them has as good as seen the other. */
        public Style outlines() {
            return this == FLUENT_SHADED ? FLUENT : this;
        }

        private boolean draws(Thing thing) {
            return (this != BLOB && this != EMOJIONE) || !YOUNG.contains(thing.name());
        }

        /** As files name it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All drawings of an object. */
    public static List<Drawing> of(Thing thing) {
        return Arrays.stream(Style.values())
                .filter(style -> style.draws(thing))
                .map(style -> new Drawing(thing, style))
                .toList();
    }

    /** "dog/noto", as split files name it. */
    public String key() {
        return thing.name() + "/" + style.key();
    }
}
