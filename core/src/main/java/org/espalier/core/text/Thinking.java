package org.espalier.core.text;

/**
 * An answer parted into what a model says to itself and what it says. Whatever a server does, a thinking part has one form
 * in a text: {@code <think>…</think>} before the rest. A beginning without an end is all thinking, cut off; an end without
 * a beginning (chat templates may open the part themselves) closes one that began with the text.
 *
 * @param thoughts without the marks; empty where there are none
 * @param answer what stands behind them
 * @param apart whether the server kept the thoughts in a field of its own, so that they never were in the text:
 *     {@code <think apart>} is written then
 */
public record Thinking(String thoughts, String answer, boolean apart) {
    private static final String OPEN = "<think>";
    private static final String APART = "<think apart>";
    private static final String CLOSE = "</think>";

    public Thinking(String thoughts, String answer) {
        this(thoughts, answer, false);
    }

    /** Parts a text. */
    public static Thinking of(String text) {
        String begun = text.stripLeading();
        if (begun.startsWith(APART)) {
            Thinking parted = of(OPEN + begun.substring(APART.length()));
            return new Thinking(parted.thoughts, parted.answer, true);
        }
        boolean opened = begun.startsWith(OPEN);
        String inside = opened ? begun.substring(OPEN.length()) : text;
        int end = inside.indexOf(CLOSE);
        int again = inside.indexOf(OPEN);
        if (end < 0 || (!opened && again >= 0 && again < end)) {
            return opened ? new Thinking(inside.strip(), "") : new Thinking("", text);
        }
        return new Thinking(
                inside.substring(0, end).strip(),
                inside.substring(end + CLOSE.length()).stripLeading());
    }

    /** The one form; the answer alone where there are no thoughts. */
    public String text() {
        return thoughts.isEmpty() ? answer : (apart ? APART : OPEN) + "\n" + thoughts + "\n" + CLOSE + "\n" + answer;
    }
}
