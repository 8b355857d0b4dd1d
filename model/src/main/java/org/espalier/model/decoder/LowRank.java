package org.espalier.model.decoder;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What an adapter adds to a product: {@code scale · B(Ax)}.
 *
 * @param a {@code [rank, inputs]}; the ranks of fused parts one below the other
 * @param b {@code [outputs, rank]}; block-diagonal for fused parts
 */
public record LowRank(Tensor a, Tensor b, double scale) {
    /** The same in another type. */
    public LowRank to(ScalarType type) {
        return new LowRank(a.to(type), b.to(type), scale);
    }
}
