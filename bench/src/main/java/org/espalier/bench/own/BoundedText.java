package org.espalier.bench.own;

/**
 * A text that can be looked at only so often: an expression that goes over an answer again and again ends with an error
 * instead of never.
 */
final class BoundedText implements CharSequence {
    /** A text was looked at too often. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final long LOOKS = 5_000_000;

    private final String text;
    private long left = LOOKS;

    BoundedText(String text) {
        this.text = text;
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
