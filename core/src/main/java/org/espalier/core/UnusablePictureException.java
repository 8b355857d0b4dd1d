package org.espalier.core;

/**
 * One picture is none, is damaged, or is larger than can be read. Whoever has many counts this one and goes on with the
 * next.
 */
public final class UnusablePictureException extends InputException {
    public UnusablePictureException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public UnusablePictureException(String sentence) {
        super(sentence);
    }
}
