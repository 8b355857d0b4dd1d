package org.espalier.bench.suite;

/** What was found of an answer, in a few words for people. */
public record Finding(String words, Tone tone) {
    /** Whether it speaks for the answer; {@code NEITHER} where it does not say, as where nobody judged. */
    public enum Tone {
        GOOD,
        BAD,
        NEITHER
    }

    public static Finding of(boolean good, String yes, String no) {
        return good ? new Finding(yes, Tone.GOOD) : new Finding(no, Tone.BAD);
    }

    public static Finding neither(String words) {
        return new Finding(words, Tone.NEITHER);
    }
}
