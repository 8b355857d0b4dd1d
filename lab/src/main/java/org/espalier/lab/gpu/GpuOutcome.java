package org.espalier.lab.gpu;

import java.util.List;
import org.espalier.lab.model.Equality;

/**
 * What was measured of a device.
 *
 * @param device its name and, of a GPU, the card's
 * @param size of the model with random weights
 * @param ready how long it took until a first token
 * @param training one question forward and backward
 * @param sampling continuations of one prompt by the language model alone
 * @param equality with the processor, in float32
 */
public record GpuOutcome(
        String device,
        String libtorch,
        String size,
        Ready ready,
        List<Training> training,
        List<Sampled> sampling,
        List<Equality> equality) {
    public GpuOutcome {
        training = List.copyOf(training);
        sampling = List.copyOf(sampling);
        equality = List.copyOf(equality);
    }

    /**
     * Seconds, one after the other.
     *
     * @param device until it computes: libtorch is loaded, and the first sum done
     * @param weights until they are there; drawn, not read
     * @param token the first one of a prompt
     */
    public record Ready(double device, double weights, double token) {
        /** All of it. */
        public double seconds() {
            return device + weights + token;
        }
    }

    /**
     * Medians.
     *
     * @param seconds NaN where there was no memory for it
     * @param memory peak in MiB
     * @param logprobs greatest difference of a path's log-probability from the tree's
     */
    public record Training(int side, String way, int tokens, double seconds, long memory, double logprobs) {
        /** Whether there was memory for it. */
        public boolean done() {
            return !Double.isNaN(seconds);
        }
    }

    /**
     * Medians of whole answers, the prompt included.
     *
     * @param rows continuations at once
     */
    public record Sampled(int rows, int tokens, double seconds) {
        public double tokensPerSecond() {
            return rows * tokens / seconds;
        }
    }
}
