package org.espalier.ssui.review;

import java.util.List;
import java.util.Optional;

/** Filters that ask for one thing. */
final class Filters {
    private Filters() {}

    static Filter words(String these) {
        return new Filter(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), these);
    }

    static Filter categories(List<String> these) {
        return new Filter(Optional.empty(), these, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    static Filter reviewer(String name) {
        return new Filter(Optional.empty(), List.of(), Optional.empty(), Optional.of(name), Optional.empty(), "");
    }

    static Filter mark(DraftFlag only) {
        return new Filter(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.of(only), "");
    }
}
