package org.espalier.model.lora;

import java.util.regex.Pattern;
import org.espalier.core.InputException;

/**
 * A name that may be looked at so often: an expression from somebody's file can try more ways to match than there is time
 * for ({@code (a+)+!}), and says so instead.
 */
final class BoundedText implements CharSequence {
    /** Looks at a character; a hundred times what an expression for names of modules needs. */
    private static final int MOST = 100_000;

    private final String text;
    private final Pattern pattern;
    private int looks;

    private BoundedText(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws InputException if it cannot be told in reasonable time */
    static boolean matches(Pattern pattern, String name) {
        try {
            return pattern.matcher(new BoundedText(name, pattern)).matches();
        } catch (StackOverflowError e) {
            throw refused(pattern.pattern(), e);
        }
    }

    static InputException refused(String expression, Throwable cause) {
        String shown = expression.length() > 60 ? expression.substring(0, 60) + "…" : expression;
        return new InputException(
                "targets: the regular expression '" + shown + "' takes too long: write one without repetitions inside"
                        + " repetitions.",
                cause);
    }

    @Override
    public char charAt(int index) {
        if (++looks > MOST) {
            throw refused(pattern.pattern(), new IllegalStateException(text));
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
