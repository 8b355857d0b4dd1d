package org.espalier.srpo.train;

import java.util.Optional;

/**
 * How much memory a question is trained with. Where there was none for a tensor, the same question is computed again with
 * less: first equal to the last bit, then up to rounding.
 */
enum Thrift {
    /** As much as there is room for is kept for the way back. */
    USUAL("as usual"),
    /** No layer keeps anything but what went into it. */
    EVERY_LAYER_AGAIN("with every layer computed again"),
    /** The same, and one path after the other, each with the prompt and its part of the trunk for itself. */
    PATHS_ALONE("one path at a time, with every layer computed again");

    private final String words;

    Thrift(String words) {
        this.words = words;
    }

    /** The next one that takes less; none after the last. */
    Optional<Thrift> less() {
        return this == PATHS_ALONE ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }

    /** For people: how a question is computed. */
    String words() {
        return words;
    }
}
