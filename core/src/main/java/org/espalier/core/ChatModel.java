package org.espalier.core;

import java.util.List;

/** Asks a model and returns its words. */
public interface ChatModel {
    /**
     * One conversation that ends with a user turn.
     *
     * @param key names the question in the derivation of random numbers
     */
    record Request(String key, int sample, List<Turn> conversation) {
        public Request {
            conversation = List.copyOf(conversation);
        }
    }

    /** One reply a request, in order. */
    List<Reply> reply(List<Request> requests, Sampling sampling);

    /** What came back for one request. */
    sealed interface Reply {
        /** Words. {@code complete} is false where the token budget cut them off. */
        record Said(String text, boolean complete) implements Reply {}

        /** No words: the reason, in a sentence. Counted apart, never folded into a rate. */
        record Failed(String reason) implements Reply {}

        /** No words, because a filter of the provider's blocked question or answer: the reason, in a sentence. */
        record Blocked(String reason) implements Reply {}
    }
}
