package org.espalier.core;

import java.util.List;

/**
 * The beginning of an assistant's turn that continuations grow from: a trunk, cut at various places by the draws.
 *
 * @param tokens the ids of {@code text} under the sampler's own tokenizer; empty where only the text is known
 */
public record Stem(String text, List<Integer> tokens) {
    public static final Stem EMPTY = new Stem("", List.of());

    public Stem {
        tokens = List.copyOf(tokens);
    }
}
