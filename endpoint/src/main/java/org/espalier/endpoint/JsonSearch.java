package org.espalier.endpoint;

import org.espalier.core.file.Json;
import org.espalier.core.text.Braces;
import tools.jackson.core.JacksonException;

/** Finds an object in a text by its braces, strings respected. */
final class JsonSearch {
    private JsonSearch() {}

    static FoundJson in(String text) {
        String complaint = "holds no JSON object";
        int from = text.indexOf('{');
        for (int tries = 0; from >= 0 && tries < 50; tries++) {
            int end = Braces.end(text, from);
            if (end < 0) {
                complaint = "holds a JSON object that breaks off before its end";
            } else {
                try {
                    return new FoundJson.Found(Json.parse(text.substring(from, end)));
                } catch (JacksonException e) {
                    complaint = Json.complaint(e);
                }
            }
            from = text.indexOf('{', from + 1);
        }
        return new FoundJson.None(complaint);
    }
}
