package org.espalier.app.config;

import org.espalier.core.text.StepSplitter;

/**
 * How a benchmark asks.
 *
 * @param paths drawn for each question
 * @param maxTokens new tokens at most, a path
 * @param groupSize questions asked together
 * @param steps what separates the steps of a path
 * @param chainOfThought whether RSBench asks for a chain of thought in words
 * @param decoding where temperature, top-p and top-k come from
 * @param temperature where {@code decoding} is {@link Decoding#SAMPLE}, as are the next two
 * @param topK 0 keeps all
 */
public record BenchSettings(
        int paths,
        int maxTokens,
        int groupSize,
        StepSplitter.Style steps,
        ChainOfThought chainOfThought,
        Decoding decoding,
        double temperature,
        double topP,
        int topK) {
    /** Whether a chain of thought is asked for. */
    public enum ChainOfThought {
        /** Except of the greenhouse's own questions, whose models reason without being asked to. */
        AUTO,
        ON,
        OFF
    }

    /** How tokens are chosen. */
    public enum Decoding {
        /** As the model's own {@code generation_config.json} says. */
        MODEL,
        /** Always the likeliest. */
        GREEDY,
        /** As the settings say. */
        SAMPLE
    }
}
