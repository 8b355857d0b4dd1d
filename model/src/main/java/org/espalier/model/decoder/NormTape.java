package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A norm on its way forward, and what its way back needs.
 *
 * @param reciprocal one over the root of the mean square, {@code [tokens, 1]}, float32
 * @param out {@code [tokens, hidden]}
 */
record NormTape(Norm norm, Tensor reciprocal, Tensor out) {
    static NormTape of(Norm norm, Tensor x) {
        try (Scalar two = new Scalar(2.0);
                Scalar width = new Scalar((double) x.size(1));
                Scalar epsilon = new Scalar(norm.epsilon());
                ScalarTypeOptional type = new ScalarTypeOptional(ScalarType.Float)) {
            Tensor reciprocal = linalg_vector_norm(x, two, new long[] {-1}, true, type)
                    .square_()
                    .div_(width)
                    .add_(epsilon)
                    .rsqrt_();
            return new NormTape(
                    norm, reciprocal, x.mul(reciprocal).mul_(norm.weight()).to(x.scalar_type()));
        }
    }

    /** Adds the gradient of {@code x}, which the norm was taken of, to {@code sum}. */
    void back(Tensor x, Tensor slope, Tensor sum) {
        try (Scalar minus = new Scalar(-1.0);
                ScalarTypeOptional type = new ScalarTypeOptional(ScalarType.Float)) {
            Tensor unit = x.mul(reciprocal);
            Tensor weighted = slope.to(ScalarType.Float).mul(norm.weight());
            Tensor along = weighted.mul(unit).mean(new long[] {-1}, true, type);
            sum.add_(weighted.addcmul_(unit, along, minus).mul_(reciprocal));
        }
    }
}
