package org.espalier.core;

import java.util.List;

/**
 * How tokens are chosen.
 *
 * @param temperature 0 is greedy; else logits are divided by it
 * @param topP keep the smallest set of tokens whose probability reaches this, in (0, 1]; 1 keeps all
 * @param topK keep the k most likely tokens; 0 keeps all
 * @param repetitionPenalty 1 leaves everything as it is; else a token that stands in the prompt, its pictures' tokens
 *     included, or in the answer so far has its logit divided by this where it is positive and multiplied where it is
 *     not, once however often it stands there, before the temperature (Keskar et al. 2019, section 4.1)
 * @param minP keep the tokens that are at least this share as likely as the likeliest, in [0, 1]; 0 keeps all; looks at
 *     what top-k and top-p left
 * @param maxTokens new tokens at most, per continuation
 * @param stops texts that end a continuation; the text found is not part of it
 * @param seed of the run; one uniform number a token is a function of (seed, question id, step, sample, position)
 */
public record Sampling(
        double temperature,
        double topP,
        int topK,
        double repetitionPenalty,
        double minP,
        int maxTokens,
        List<String> stops,
        long seed) {
    public Sampling {
        stops = List.copyOf(stops);
        if (!(temperature >= 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not between 0 and 100");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p " + topP + " is not in (0, 1]");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k " + topK + " is negative");
        }
        if (!(repetitionPenalty > 0 && repetitionPenalty <= 100)) {
            throw new IllegalArgumentException(
                    "repetition penalty " + repetitionPenalty + " is not above 0 and at most 100");
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("min-p " + minP + " is not between 0 and 1");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max tokens " + maxTokens + " is less than 1");
        }
    }

    /** Without a repetition penalty and min-p. */
    public Sampling(double temperature, double topP, int topK, int maxTokens, List<String> stops, long seed) {
        this(temperature, topP, topK, 1, 0, maxTokens, stops, seed);
    }

    /** Samples from the model's own distribution at a temperature: no top-p, no top-k, no penalty. */
    public static Sampling at(double temperature, int maxTokens, long seed) {
        return new Sampling(temperature, 1, 0, maxTokens, List.of(), seed);
    }
}
