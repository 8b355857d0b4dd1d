package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** libtorch's attention with the defaults that every caller here shares: no dropout, scale 1/√width. */
public final class ScaledDotProduct {
    private ScaledDotProduct() {}

    /** {@code q, k, v [batch, heads, tokens, width]}; each token sees itself and those before it. */
    static Tensor causal(Tensor q, Tensor k, Tensor v) {
        return scaled_dot_product_attention(q, k, v, new TensorOptional(), 0.0, true, new DoubleOptional(), false);
    }

    /** Every token sees every token. */
    public static Tensor full(Tensor q, Tensor k, Tensor v) {
        return scaled_dot_product_attention(q, k, v, new TensorOptional(), 0.0, false, new DoubleOptional(), false);
    }

    /** {@code mask} is added to the scores and broadcasts to {@code [batch, heads, queries, keys]}. */
    static Tensor masked(Tensor q, Tensor k, Tensor v, Tensor mask) {
        return scaled_dot_product_attention(q, k, v, new TensorOptional(mask), 0.0, false, new DoubleOptional(), false);
    }

    /** {@code [tokens, keyValueHeads, width]} to {@code [tokens, heads, width]}: each head's keys beside it. */
    static Tensor repeat(Tensor x, long heads) {
        long groups = heads / x.size(1);
        if (groups == 1) {
            return x;
        }
        return x.unsqueeze(2).expand(x.size(0), x.size(1), groups, x.size(2)).reshape(x.size(0), heads, x.size(2));
    }
}
