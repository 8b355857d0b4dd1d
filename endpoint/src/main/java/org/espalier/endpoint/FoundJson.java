package org.espalier.endpoint;

import tools.jackson.databind.JsonNode;

/** The JSON object of an answer, whether it came bare, in a fence, or between words. */
public sealed interface FoundJson {
    /** There it is. */
    record Found(JsonNode json) implements FoundJson {}

    /**
     * There is none.
     *
     * @param complaint one clause for people and for the repair prompt
     */
    record None(String complaint) implements FoundJson {}

    /** Looks for the first object that stands whole in a text. */
    static FoundJson in(String text) {
        return JsonSearch.in(text);
    }
}
