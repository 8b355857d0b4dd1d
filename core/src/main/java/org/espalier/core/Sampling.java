package org.espalier.core;

import java.util.List;

/**
 * How tokens are chosen.
 *
 * @param temperature 0 is greedy; else logits are divided by it
 * @param topP keep the smallest set of tokens whose probability reaches this, in (0, 1]; 1 keeps all
 * @param topK keep the k most likely tokens; 0 keeps all
 * @param maxTokens new tokens at most, per continuation
 * @param stops texts that end a continuation; the text found is not part of it
 * @param seed of the run; one uniform number a token is a function of (seed, question id, step, sample, position)
 */
public record Sampling(double temperature, double topP, int topK, int maxTokens, List<String> stops, long seed) {
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
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max tokens " + maxTokens + " is less than 1");
        }
    }

    /** Samples from the model's own distribution at a temperature: no top-p, no top-k. */
    public static Sampling at(double temperature, int maxTokens, long seed) {
        return new Sampling(temperature, 1, 0, maxTokens, List.of(), seed);
    }
}
