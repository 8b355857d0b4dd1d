package org.espalier.core;

/**
 * The model cannot be asked anything as it was named: it is unknown, or its key is refused. Whoever lets one question
 * fail for an {@link InputException} and goes on with the next lets this one pass, because every other would fail too.
 */
public final class UnusableModelException extends InputException {
    public UnusableModelException(String sentence) {
        super(sentence);
    }
}
