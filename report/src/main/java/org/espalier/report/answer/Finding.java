package org.espalier.report.answer;

/** What was found of an answer, in a few words. */
public record Finding(String words, Tone tone) {
    /** Whether it speaks for the answer; {@code NEITHER} where it does not say, as where nobody judged. */
    public enum Tone {
        GOOD,
        BAD,
        NEITHER
    }

    static Finding of(boolean good, String yes, String no) {
        return good ? new Finding(yes, Tone.GOOD) : new Finding(no, Tone.BAD);
    }

    static Finding neither(String words) {
        return new Finding(words, Tone.NEITHER);
    }
}
