package org.espalier.core;

import java.util.List;

/**
 * What was drawn.
 *
 * @param text what follows the cut, end token and stop text excluded
 * @param tokens ids of what follows the cut, the end token included where the model wrote it; empty if unknown
 * @param logprobs natural log-probability of each token at temperature 1, given everything the sampler was shown
 *     (demonstrations included); empty if unknown
 * @param end why it ended
 */
public record Continuation(String text, List<Integer> tokens, List<Double> logprobs, End end) {
    /** Why a continuation ended. */
    public enum End implements Labelled {
        /** The model wrote its end token. */
        FINISHED,
        /** A stop text was found. */
        STOPPED,
        /** The token budget was used up. */
        LENGTH
    }

    public Continuation {
        tokens = List.copyOf(tokens);
        logprobs = List.copyOf(logprobs);
    }
}
