package org.espalier.core;

import java.util.List;

/**
 * Continues the beginning of an answer many times. Requests of one call are decoded together where the implementation
 * can; what is drawn does not depend on which requests share a call, up to rounding of the arithmetic.
 */
public interface Sampler {
    /**
     * One conversation, one stem, many draws.
     *
     * @param key names the question in the derivation of random numbers
     * @param conversation ends with a user turn; the stem begins the assistant's turn that follows
     */
    record Request(String key, List<Turn> conversation, Stem stem, List<Draw> draws) {
        public Request {
            conversation = List.copyOf(conversation);
            draws = List.copyOf(draws);
        }
    }

    /**
     * Draws everything that is asked for.
     *
     * @return for each request, one continuation a draw, in order
     */
    List<List<Continuation>> sample(List<Request> requests, Sampling sampling);

    /**
     * Cuts of a text at the given places, moved to places between tokens: each result is the first token border at or
     * after {@code chars}, so that what stands before the cut is what the model is shown. Where only text is known the
     * places are returned as they are.
     */
    List<Cut> cuts(Continuation text, List<Integer> chars);

    /** The tokens of a text that a stem is to hold; empty where the sampler has no tokenizer of its own. */
    List<Integer> tokens(String text);
}
