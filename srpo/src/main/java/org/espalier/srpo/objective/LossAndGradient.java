package org.espalier.srpo.objective;

import java.util.List;

/**
 * A loss and its gradient.
 *
 * @param gradients one a path: the derivative of {@code loss} by the log-probability of each of its tokens
 */
public record LossAndGradient(double loss, List<double[]> gradients) {
    public LossAndGradient {
        gradients = List.copyOf(gradients);
    }

    /** The same for paths that have so many further tokens at their beginning, on which the loss does not depend. */
    LossAndGradient after(int tokens) {
        return new LossAndGradient(
                loss,
                gradients.stream()
                        .map(gradient -> {
                            double[] padded = new double[tokens + gradient.length];
                            System.arraycopy(gradient, 0, padded, tokens, gradient.length);
                            return padded;
                        })
                        .toList());
    }
}
