package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.addmm;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One product of a layer with what an adapter adds to it, and its way back: {@code y = Wx + b + scale · B(Ax)}. The
 * delta is of the base's type.
 */
record AdaptedProduct(int layer, Projection which, Linear base, Optional<LowRank> delta) {
    /**
     * A product's result.
     *
     * @param low {@code Ax}, where there is an adapter
     */
    record Result(Tensor y, Optional<Tensor> low) {}

    static AdaptedProduct of(DecoderLayer layer, Projection which, Deltas deltas) {
        return new AdaptedProduct(layer.number(), which, layer.linear(which), deltas.of(layer.number(), which));
    }

    /** Of {@code x [tokens, inputs]}. */
    Result of(Tensor x) {
        return adapted(base.of(x), x);
    }

    /** Of {@code x}, beside a residual. */
    Result of(Tensor x, Tensor residual) {
        return adapted(
                base.bias().isPresent()
                        ? residual.add(base.of(x))
                        : addmm(residual, x, base.weight().t()),
                x);
    }

    private Result adapted(Tensor y, Tensor x) {
        if (delta.isEmpty()) {
            return new Result(y, Optional.empty());
        }
        LowRank lora = delta.get();
        Tensor low = x.mm(lora.a().t());
        try (Scalar one = new Scalar(1.0);
                Scalar scale = new Scalar(lora.scale())) {
            y.addmm_(low, lora.b().t(), one, scale);
        }
        return new Result(y, Optional.of(low));
    }

    /**
     * Adds to the adapter's gradients.
     *
     * @param slope the gradient of the result, {@code [tokens, outputs]}
     * @return the gradient of {@code low}
     */
    Optional<Tensor> learn(Tensor x, Optional<Tensor> low, Tensor slope, TrainableDeltas deltas) {
        if (delta.isEmpty() || low.isEmpty()) {
            return Optional.empty();
        }
        LowRank lora = delta.get();
        try (Scalar scale = new Scalar(lora.scale())) {
            Tensor lowSlope = slope.mm(lora.b()).mul_(scale);
            deltas.learn(layer, which, x, low.get(), slope, lowSlope);
            return Optional.of(lowSlope);
        }
    }

    /** The gradient of {@code x}, given that of the result and of {@code low}. */
    Tensor back(Tensor slope, Optional<Tensor> lowSlope) {
        Tensor back = slope.mm(base.weight());
        lowSlope.ifPresent(low -> back.addmm_(low, delta.orElseThrow().a()));
        return back;
    }
}
