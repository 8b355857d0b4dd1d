package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.Placement;

/**
 * A {@link Norm} that trains: forward, and what its backward pass needs. Its weight is frozen.
 *
 * @param reciprocal one over the root of the mean square, {@code [tokens, 1]}, in the wide type
 * @param out {@code [tokens, hidden]}
 */
record NormTape(Norm norm, Tensor reciprocal, Tensor out) {
    /** Of {@code x [tokens, hidden]}: {@code x / √(mean(x²) + ε) · weight}. */
    static NormTape forward(Norm norm, Tensor x) {
        try (Scalar two = new Scalar(2.0);
                Scalar width = new Scalar((double) x.size(1));
                Scalar epsilon = new Scalar(norm.epsilon());
                ScalarTypeOptional type = new ScalarTypeOptional(Placement.wideType(x))) {
            Tensor reciprocal = linalg_vector_norm(x, two, new long[] {-1}, true, type)
                    .square_()
                    .div_(width)
                    .add_(epsilon)
                    .rsqrt_();
            return new NormTape(
                    norm, reciprocal, x.mul(reciprocal).mul_(norm.weight()).to(x.scalar_type()));
        }
    }

    /** Adds the gradient of {@code x} to {@code inputGradient}: {@code (g - unit · mean(g · unit)) · reciprocal}. */
    void backward(Tensor x, Tensor outputGradient, Tensor inputGradient) {
        try (Scalar minus = new Scalar(-1.0);
                ScalarTypeOptional type = new ScalarTypeOptional(Placement.wideType(x))) {
            Tensor unit = x.mul(reciprocal);
            Tensor weighted = outputGradient.to(Placement.wideType(x)).mul(norm.weight());
            Tensor along = weighted.mul(unit).mean(new long[] {-1}, true, type);
            inputGradient.add_(weighted.addcmul_(unit, along, minus).mul_(reciprocal));
        }
    }
}
