package org.espalier.model.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trainable deltas as they are at the moment, put together once for many forward passes and rounded to the type that the
 * base computes in. What was put together belongs to the scope this was made in; gradients go where they always go, where
 * they are added up in float32.
 */
public final class TakenDeltas implements TrainableDeltas {
    private final TrainableDeltas source;
    private final List<List<Optional<LowRank>>> values = new ArrayList<>();

    /** {@code type} is that of the base. */
    public TakenDeltas(TrainableDeltas source, int layers, ScalarType type) {
        this.source = source;
        try (NoGradGuard guard = new NoGradGuard()) {
            for (int layer = 0; layer < layers; layer++) {
                List<Optional<LowRank>> products = new ArrayList<>();
                for (Projection which : Projection.values()) {
                    products.add(source.of(layer, which).map(delta -> delta.to(type)));
                }
                values.add(products);
            }
        }
    }

    @Override
    public Optional<LowRank> of(int layer, Projection linears) {
        return values.get(layer).get(linears.ordinal());
    }

    @Override
    public void learn(int layer, Projection which, Tensor x, Tensor low, Tensor slope, Tensor lowSlope) {
        source.learn(layer, which, x, low, slope, lowSlope);
    }
}
