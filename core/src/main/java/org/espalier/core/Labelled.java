package org.espalier.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A constant that files, addresses and the command line call by a word: its name in small letters, with hyphens. */
public interface Labelled {
    /** Of the constant. */
    String name();

    /** As it is written, by Jackson too. */
    @JsonValue
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant that is written so; empty if none is. */
    static <E extends Enum<E> & Labelled> Optional<E> find(Class<E> kind, String label) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(one -> one.label().equals(label))
                .findFirst();
    }

    /** How the constants are written, in their order. */
    static <E extends Enum<E> & Labelled> List<String> labels(Class<E> kind) {
        return Arrays.stream(kind.getEnumConstants()).map(Labelled::label).toList();
    }
}
