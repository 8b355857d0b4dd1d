package org.espalier.srpo.objective;

import java.util.List;

/**
 * A loss and its gradient.
 *
 * @param gradients one a path: the derivative of {@code loss} by the log-probability of each of its tokens
 */
public record Slope(double loss, List<double[]> gradients) {
    public Slope {
        gradients = List.copyOf(gradients);
    }
}
