package org.espalier.endpoint;

import org.espalier.core.file.Json;
import org.espalier.core.text.Braces;
import tools.jackson.core.JacksonException;
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
        String complaint = "holds no JSON object";
        int from = text.indexOf('{');
        long looked = 0;
        for (int tries = 0; from >= 0 && tries < 50 && looked < Braces.MOST; tries++) {
            int end = Braces.end(text, from);
            looked += (end > 0 ? end : text.length()) - from;
            if (end < 0) {
                complaint = "holds a JSON object that breaks off before its end";
            } else {
                try {
                    return new Found(Json.parse(text.substring(from, end)));
                } catch (JacksonException e) {
                    complaint = Json.complaint(e);
                }
            }
            from = text.indexOf('{', from + 1);
        }
        return new None(complaint);
    }
}
