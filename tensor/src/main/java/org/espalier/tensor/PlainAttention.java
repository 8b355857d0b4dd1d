package org.espalier.tensor;

import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Attention of operators that every device has. */
final class PlainAttention implements AttentionKernel {
    static final PlainAttention KERNEL = new PlainAttention();

    private static final long[] LAST = {3};

    private PlainAttention() {}

    @Override
    public Tensor of(Tensor q, Tensor k, Tensor v, TensorOptional mask, boolean causal) {
        return scaled_dot_product_attention(q, k, v, mask, 0.0, causal, new DoubleOptional(), false);
    }

    @Override
    public Partial partial(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask) {
        Tensor products = wide(q.matmul(k.transpose(2, 3))).mul(new Scalar(1 / Math.sqrt((double) q.size(3))));
        Tensor scores = mask.isPresent() ? products.add(wide(mask.get())) : products;
        // One kernel, where a GPU has half a dozen for the sum itself; the greatest score tells the sum then.
        Tensor shares = log_softmax(scores, 3);
        Tensor logSum = scores.amax(LAST, false).sub_(shares.amax(LAST, false)); // [batch, heads, queries]
        Tensor weights = shares.exp_().to(v.scalar_type());
        return new Partial(weights.matmul(v).transpose(1, 2), logSum.transpose(1, 2));
    }

    private static Tensor wide(Tensor x) {
        return x.to(Placement.wideType(x));
    }
}
