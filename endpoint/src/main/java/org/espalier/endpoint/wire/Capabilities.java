package org.espalier.endpoint.wire;

import org.espalier.core.Labelled;

/**
 * What a server can do with a model: what is true of its provider, unless the endpoints file states otherwise.
 *
 * @param pictures whether a turn may hold pictures
 * @param seed whether draws can be named by a seed
 * @param logprobs whether log-probabilities of tokens come back
 * @param json how far it keeps answers to JSON
 * @param prefill how the beginning of an answer can be given
 */
public record Capabilities(boolean pictures, boolean seed, boolean logprobs, JsonOutput json, Prefill prefill) {
    /** How far a server keeps answers to JSON. */
    public enum JsonOutput implements Labelled {
        /** To a schema, and another one for each request costs it nothing. */
        SCHEMA_EACH,
        /** To a schema. */
        SCHEMA,
        /** To some JSON object. */
        OBJECT,
        /** Not at all: the prompt asks, and JSON is looked for in the words. */
        NONE
    }

    /** How the beginning of an answer can be given. */
    public enum Prefill implements Labelled {
        /** As a last turn of the assistant's. */
        NATIVE,
        /** By raw text that the chat format was already applied to. */
        RAW,
        NONE
    }
}
