package org.espalier.model.internal.batch;

/** A model gave NaN where probabilities are needed. */
public final class UndefinedProbabilities extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndefinedProbabilities(String sentence) {
        super(sentence);
    }

    /** @param name of the question whose answer has none */
    public static UndefinedProbabilities of(String name) {
        return new UndefinedProbabilities("The model has no probabilities for the answer to " + name + " (NaN):");
    }
}
