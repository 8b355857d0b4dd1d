package org.espalier.core.text;

/** Finds JSON objects in the prose of models by their braces, strings respected. */
public final class Braces {
    /**
     * Characters that are looked at in all where every brace of a text is tried: more than any answer that was asked for
     * has, and few enough that a server's megabytes of braces take a second.
     */
    public static final int MOST = 20_000_000;

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
