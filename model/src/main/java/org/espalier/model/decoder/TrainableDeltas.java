package org.espalier.model.decoder;

import org.bytedeco.pytorch.Tensor;

/** Deltas whose own gradients can be added up without a recorded graph. */
public interface TrainableDeltas extends Deltas {
    /**
     * Adds to the gradients of one product's {@code A} and {@code B}; only called where {@link #of} is present.
     *
     * @param x what the product was taken of, {@code [tokens, inputs]}
     * @param low {@code Ax}, {@code [tokens, rank]}
     * @param slope the gradient of the product's result, {@code [tokens, outputs]}
     * @param lowSlope the gradient of {@code low}
     */
    void learn(int layer, Projection which, Tensor x, Tensor low, Tensor slope, Tensor lowSlope);
}
