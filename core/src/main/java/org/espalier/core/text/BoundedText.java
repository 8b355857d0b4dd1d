package org.espalier.core.text;

/**
 * A text that can be looked at only so often: an expression from somebody's file can try more ways to match than there is
 * time for ({@code (a+)+!}), and ends with an error instead of never. For one match.
 */
public final class BoundedText implements CharSequence {
    /** A text was looked at too often. */
    public static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final String text;
    private long left;

    /** @param looks at a character, after which {@link Exhausted} is thrown */
    public BoundedText(String text, long looks) {
        this.text = text;
        this.left = looks;
    }

    @Override
    public char charAt(int index) {
        if (left-- == 0) {
            throw new Exhausted();
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
