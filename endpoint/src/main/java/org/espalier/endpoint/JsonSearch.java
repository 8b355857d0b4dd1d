package org.espalier.endpoint;

import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;

/** Finds an object in a text by its braces, strings respected. */
final class JsonSearch {
    private JsonSearch() {}

    static FoundJson in(String text) {
        String complaint = "holds no JSON object";
        int from = text.indexOf('{');
        for (int tries = 0; from >= 0 && tries < 50; tries++) {
            int end = end(text, from);
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

    /** Where the object that begins here ends, or -1. */
    private static int end(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
