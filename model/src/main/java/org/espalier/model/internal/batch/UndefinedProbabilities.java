package org.espalier.model.internal.batch;

/** A model gave NaN where probabilities are needed. */
public final class UndefinedProbabilities extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndefinedProbabilities(String sentence) {
        super(sentence);
    }
}
