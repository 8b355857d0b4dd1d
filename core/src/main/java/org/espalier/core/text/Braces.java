package org.espalier.core.text;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Finds JSON objects in the prose of models by their braces, strings respected. */
public final class Braces {
    /**
     * Characters that are looked at in all where every brace of a text is tried: more than any answer that was asked for
     * has, and few enough that a server's megabytes of braces take a second.
     */
    private static final int MOST = 20_000_000;

    private Braces() {}

    /** An object of a text, from one place to before another. */
    public record Placed(ObjectNode object, int from, int end) {}

    /**
     * What was found in a text.
     *
     * @param complaint of what begins last like an object and is none, in a clause
     */
    public record Found(List<Placed> objects, String complaint) {}

    /**
     * The JSON objects that stand whole in a text, in their order, outermost ones alone.
     *
     * @param most so many at most
     * @param tries braces that are looked at
     */
    public static Found objects(String text, int most, int tries) {
        List<Placed> found = new ArrayList<>();
        String complaint = "holds no JSON object";
        long looked = 0;
        int from = text.indexOf('{');
        for (int i = 0; from >= 0 && found.size() < most && i < tries && looked < MOST; i++) {
            int end = end(text, from);
            looked += (end > 0 ? end : text.length()) - from;
            int next = from + 1;
            if (end < 0) {
                complaint = "holds a JSON object that breaks off before its end";
            } else {
                try {
                    found.add(new Placed((ObjectNode) Json.parse(text.substring(from, end)), from, end));
                    next = end;
                } catch (JacksonException e) {
                    // What stands inside may be one.
                    complaint = Json.complaint(e);
                }
            }
            from = text.indexOf('{', next);
        }
        return new Found(found, complaint);
    }

    /** The first object, if there is one. */
    public static Found first(String text) {
        return objects(text, 1, 50);
    }

    /** Where the braces that open at {@code from} are closed: the place behind them, or -1 if they are not. */
    public static int end(String text, int from) {
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
