package org.espalier.core.text;

/** Finds JSON objects in the prose of models by their braces, strings respected. */
public final class Braces {
    private Braces() {}

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
