package org.espalier.core.text;

import java.util.regex.Pattern;

/**
 * Characters that make a text look like another: those that turn the direction of what follows, and heaps of marks upon
 * one letter. They are shown by their numbers, as {@code [U+202E]}, and read back from that.
 */
public final class HiddenMarks {
    /** Marks upon one letter that a script needs at most. */
    private static final int MOST = 4;

    /** Below it there are none. */
    private static final int FIRST = 0x300;

    private static final Pattern SHOWN = Pattern.compile("\\[U\\+([0-9A-F]{4,5})]");

    private HiddenMarks() {}

    /** The text with such characters by their numbers. */
    public static String shown(String text) {
        if (text.chars().allMatch(c -> c < FIRST)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int marks = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            marks = isMark(c) ? marks + 1 : 0;
            if (turns(c) || marks > MOST) {
                out.append("[U+%04X]".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    /**
     * The text as a terminal may be given it: what would move its cursor, clear it or talk to it stands there by its number
     * too, but line ends and tabulators.
     */
    public static String printed(String text) {
        if (text.chars().noneMatch(HiddenMarks::steers)) {
            return shown(text);
        }
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if (steers(c)) {
                out.append("[U+%04X]".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return shown(out.toString());
    }

    private static boolean steers(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    /** The text that {@link #shown} showed. */
    public static String meant(String shown) {
        return SHOWN.matcher(shown).replaceAll(found -> {
            int c = Integer.parseInt(found.group(1), 16);
            return turns(c) || isMark(c) ? Character.toString(c) : found.group();
        });
    }

    /** Embeddings, overrides and isolates; the marks that Arabic and Hebrew need among Latin letters turn nothing else. */
    private static boolean turns(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
