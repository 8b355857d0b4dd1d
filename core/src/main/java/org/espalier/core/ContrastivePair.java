package org.espalier.core;

/** {@code (τ_i+, τ_i−)}: two continuations of the same trunk prefix, one right and one wrong. */
public record ContrastivePair(Branch favorable, Branch unfavorable) {
    public ContrastivePair {
        if (favorable.sharedSteps() != unfavorable.sharedSteps()) {
            throw new IllegalArgumentException("the branches share " + favorable.sharedSteps() + " and "
                    + unfavorable.sharedSteps() + " steps of the trunk: a pair shares the same");
        }
        if (!favorable.verdict().correct() || !unfavorable.verdict().incorrect()) {
            throw new IllegalArgumentException("a pair is one correct and one incorrect branch, in this order");
        }
    }

    public int sharedSteps() {
        return favorable.sharedSteps();
    }
}
