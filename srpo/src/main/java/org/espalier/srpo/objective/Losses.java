package org.espalier.srpo.objective;

import java.util.Arrays;
import java.util.List;

/** The losses, each as its equation with its derivative. Log-probabilities are natural logarithms. */
public final class Losses {
    private Losses() {}

    /** Supervised: minus the mean log-probability of all tokens of one path. */
    public static Loss tokenMean() {
        return logprobs -> linear(logprobs.getFirst(), -1.0 / logprobs.getFirst().length);
    }

    /** Minus the sum of the log-probabilities of all tokens of one path. */
    public static Loss tokenSum() {
        return logprobs -> linear(logprobs.getFirst(), -1.0);
    }

    /**
     * Eq. 5 read literally: a step's log-probability is the sum over its tokens; minus the mean over steps.
     *
     * @param steps T, how many steps the reference path has
     */
    public static Loss stepMean(int steps) {
        return logprobs -> linear(logprobs.getFirst(), -1.0 / steps);
    }

    /** Eq. 6-7: {@code -k log σ(L(τ+) - L(τ-))}, L the sum over a continuation's tokens. */
    public static Loss logRatio(double k) {
        return logprobs -> {
            double margin = sum(logprobs.get(0)) - sum(logprobs.get(1));
            double slope = -k * sigmoid(-margin);
            return new Slope(
                    -k * logSigmoid(margin),
                    List.of(filled(logprobs.get(0).length, slope), filled(logprobs.get(1).length, -slope)));
        };
    }

    /** As {@link #logRatio} with L the mean over a continuation's tokens. */
    public static Loss meanLogRatio(double k) {
        return logprobs -> {
            double margin = mean(logprobs.get(0)) - mean(logprobs.get(1));
            return contrast(logprobs, -k * logSigmoid(margin), -k * sigmoid(-margin), -k * sigmoid(-margin));
        };
    }

    /** {@code -k log σ(log odds(τ+) - log odds(τ-))}, odds of the mean log-probability, as in ORPO and RPO. */
    public static Loss logOdds(double k) {
        return logprobs -> {
            double chosen = mean(logprobs.get(0));
            double rejected = mean(logprobs.get(1));
            double ratio = chosen - rejected - (log1mexp(chosen) - log1mexp(rejected));
            double slope = -k * sigmoid(-ratio);
            // d/dc [c - log(1 - e^c)] = 1 / (1 - e^c)
            return contrast(
                    logprobs,
                    -k * logSigmoid(ratio),
                    slope / -Math.expm1(below0(chosen)),
                    slope / -Math.expm1(below0(rejected)));
        };
    }

    /**
     * DPO: {@code -log σ(β[(L(c) - L_ref(c)) - (L(r) - L_ref(r))])}, sums over the whole continuation.
     *
     * @param referenceMargin {@code L_ref(c) - L_ref(r)} of the model with the adapter switched off
     */
    public static Loss dpo(double beta, double referenceMargin) {
        return logprobs -> {
            double margin = beta * (sum(logprobs.get(0)) - sum(logprobs.get(1)) - referenceMargin);
            double slope = -beta * sigmoid(-margin);
            return new Slope(
                    -logSigmoid(margin),
                    List.of(filled(logprobs.get(0).length, slope), filled(logprobs.get(1).length, -slope)));
        };
    }

    /** ORPO: mean negative log-likelihood of the chosen path, and {@code weight} times the log-odds term. */
    public static Loss orpo(double weight) {
        Loss odds = logOdds(weight);
        return logprobs -> {
            Slope contrast = odds.of(logprobs);
            Slope likelihood = linear(logprobs.get(0), -1.0 / logprobs.get(0).length);
            double[] chosen = contrast.gradients().get(0).clone();
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] += likelihood.gradients().getFirst()[i];
            }
            return new Slope(
                    contrast.loss() + likelihood.loss(),
                    List.of(chosen, contrast.gradients().get(1)));
        };
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

    public static double sum(double[] logprobs) {
        return Arrays.stream(logprobs).sum();
    }

    static double mean(double[] logprobs) {
        return sum(logprobs) / logprobs.length;
    }

    private static Slope linear(double[] logprobs, double weight) {
        return new Slope(weight * sum(logprobs), List.of(filled(logprobs.length, weight)));
    }

    private static Slope contrast(List<double[]> logprobs, double loss, double byChosen, double byRejected) {
        int chosen = logprobs.get(0).length;
        int rejected = logprobs.get(1).length;
        return new Slope(loss, List.of(filled(chosen, byChosen / chosen), filled(rejected, -byRejected / rejected)));
    }

    private static double[] filled(int length, double value) {
        double[] array = new double[length];
        Arrays.fill(array, value);
        return array;
    }
}
