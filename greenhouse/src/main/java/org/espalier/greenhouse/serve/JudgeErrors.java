package org.espalier.greenhouse.serve;

import org.espalier.core.InputException;
import org.espalier.greenhouse.Dice;

/**
 * How often the played judge of answers ({@code answer-judge}) says the opposite of what the rules say. Whether it errs
 * depends on the seed and on the call alone, so that a repeated call meets the same error.
 *
 * @param falsePositive share of the wrong answers that it calls correct, from 0 to 1
 * @param falseNegative share of the correct answers that it calls wrong, from 0 to 1
 * @param paths errors of RSBench's judges
 */
public record JudgeErrors(double falsePositive, double falseNegative, PathErrors paths, long seed) {
    /** None. */
    public static final JudgeErrors NONE = new JudgeErrors(0, 0, 0);

    /** RSBench's judges never err. */
    public JudgeErrors(double falsePositive, double falseNegative, long seed) {
        this(falsePositive, falseNegative, PathErrors.NONE, seed);
    }

    public JudgeErrors {
        if (!(falsePositive >= 0 && falsePositive <= 1 && falseNegative >= 0 && falseNegative <= 1)) {
            throw new InputException(
                    "a judge's rate of errors is between 0 and 1, not " + falsePositive + " and " + falseNegative);
        }
    }

    /** What it says of an answer. */
    boolean said(boolean correct, String call) {
        double rate = correct ? falseNegative : falsePositive;
        return correct ^ (rate > 0 && Dice.of(seed, "judge errs " + call).chance(rate));
    }
}
