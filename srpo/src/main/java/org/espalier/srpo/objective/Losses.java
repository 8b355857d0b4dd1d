package org.espalier.srpo.objective;

import java.util.Arrays;
import java.util.List;

/**
 * The losses, each as its equation with its derivative. A path is an array of its tokens' log-probabilities, natural
 * logarithms.
 */
public final class Losses {
    private Losses() {}

    /** Supervised: minus the mean log-probability of all tokens of one path. */
    public static LossAndGradient tokenMean(double[] path) {
        return weightedSum(path, 1.0 / path.length);
    }

    /**
     * Minus {@code weight} times the log-probability of a path. With 1/T it is Eq. 5 read literally: a step's
     * log-probability is the sum over its tokens, and J_ref is minus the mean over the T steps.
     */
    public static LossAndGradient weightedSum(double[] path, double weight) {
        return new LossAndGradient(-weight * sum(path), List.of(filled(path.length, -weight)));
    }

    /** Eq. 6-7: {@code -k log σ(L(τ+) - L(τ-))}, L the sum over a continuation's tokens. */
    public static LossAndGradient logRatio(double[] favorable, double[] unfavorable, double k) {
        double margin = sum(favorable) - sum(unfavorable);
        double byMargin = -k * sigmoid(-margin);
        return new LossAndGradient(
                -k * logSigmoid(margin),
                List.of(filled(favorable.length, byMargin), filled(unfavorable.length, -byMargin)));
    }

    /** As {@link #logRatio} with L the mean over a continuation's tokens. */
    public static LossAndGradient meanLogRatio(double[] favorable, double[] unfavorable, double k) {
        double margin = mean(favorable) - mean(unfavorable);
        double byMargin = -k * sigmoid(-margin);
        return contrast(favorable, unfavorable, -k * logSigmoid(margin), byMargin, byMargin);
    }

    /** {@code -k log σ(log odds(τ+) - log odds(τ-))}, odds of the mean log-probability, as in ORPO and RPO. */
    public static LossAndGradient logOdds(double[] favorable, double[] unfavorable, double k) {
        double chosen = mean(favorable);
        double rejected = mean(unfavorable);
        double ratio = chosen - rejected - (log1mexp(chosen) - log1mexp(rejected));
        double byMargin = -k * sigmoid(-ratio);
        // d/dc [c - log(1 - e^c)] = 1 / (1 - e^c)
        return contrast(
                favorable,
                unfavorable,
                -k * logSigmoid(ratio),
                byMargin / -Math.expm1(below0(chosen)),
                byMargin / -Math.expm1(below0(rejected)));
    }

    /**
     * DPO: {@code -log σ(β[(L(c) - L_ref(c)) - (L(r) - L_ref(r))])}, sums over the whole continuation.
     *
     * @param referenceMargin {@code L_ref(c) - L_ref(r)} of the model with the adapter switched off
     */
    public static LossAndGradient dpo(double[] chosen, double[] rejected, double beta, double referenceMargin) {
        double margin = beta * (sum(chosen) - sum(rejected) - referenceMargin);
        double byMargin = -beta * sigmoid(-margin);
        return new LossAndGradient(
                -logSigmoid(margin), List.of(filled(chosen.length, byMargin), filled(rejected.length, -byMargin)));
    }

    /** ORPO: mean negative log-likelihood of the chosen path, and {@code weight} times the log-odds term. */
    public static LossAndGradient orpo(double[] chosen, double[] rejected, double weight) {
        LossAndGradient odds = logOdds(chosen, rejected, weight);
        LossAndGradient likelihood = tokenMean(chosen);
        double[] both = odds.gradients().get(0).clone();
        for (int i = 0; i < both.length; i++) {
            both[i] += likelihood.gradients().getFirst()[i];
        }
        return new LossAndGradient(
                odds.loss() + likelihood.loss(), List.of(both, odds.gradients().get(1)));
    }

    /** {@code log(1 - e^x)} for x below 0; at 0, where a memorised path stands, just below it. */
    static double log1mexp(double x) {
        double y = below0(x);
        return y > -Math.log(2) ? Math.log(-Math.expm1(y)) : Math.log1p(-Math.exp(y));
    }

    private static double below0(double x) {
        return Math.min(x, -1e-6);
    }

    /** Stable for any x. */
    public static double logSigmoid(double x) {
        return x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
    }

    static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    public static double sum(double[] path) {
        return Arrays.stream(path).sum();
    }

    static double mean(double[] path) {
        return sum(path) / path.length;
    }

    private static LossAndGradient contrast(
            double[] chosen, double[] rejected, double loss, double byChosen, double byRejected) {
        return new LossAndGradient(
                loss,
                List.of(
                        filled(chosen.length, byChosen / chosen.length),
                        filled(rejected.length, -byRejected / rejected.length)));
    }

    private static double[] filled(int length, double value) {
        double[] array = new double[length];
        Arrays.fill(array, value);
        return array;
    }
}
