package org.espalier.core;

import java.util.List;

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

    /** The first of the branches' own steps, from 1, in which they differ. */
    public int divergingStep() {
        List<String> right = favorable.steps();
        List<String> wrong = unfavorable.steps();
        int same = 0;
        while (same < Math.min(right.size(), wrong.size()) && right.get(same).equals(wrong.get(same))) {
            same++;
        }
        return same + 1;
    }
}
