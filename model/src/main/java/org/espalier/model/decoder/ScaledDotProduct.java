package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** libtorch's attention with the defaults that every caller here shares: no dropout, scale 1/√width. */
public final class ScaledDotProduct {
    private ScaledDotProduct() {}

    /** {@code q, k, v [batch, heads, tokens, width]}; each token sees itself and those before it. */
    static Tensor causal(Tensor q, Tensor k, Tensor v) {
        return of(q, k, v, new TensorOptional(), true);
    }

    /** Every token sees every token. */
    public static Tensor full(Tensor q, Tensor k, Tensor v) {
        return of(q, k, v, new TensorOptional(), false);
    }

    /** {@code mask} is added to the scores and broadcasts to {@code [batch, heads, queries, keys]}. */
    static Tensor masked(Tensor q, Tensor k, Tensor v, Tensor mask) {
        return of(q, k, v, new TensorOptional(inComputedType(mask)), false);
    }

    private static Tensor of(Tensor q, Tensor k, Tensor v, TensorOptional mask, boolean causal) {
        return scaled_dot_product_attention(
                        inComputedType(q),
                        inComputedType(k),
                        inComputedType(v),
                        mask,
                        0.0,
                        causal,
                        new DoubleOptional(),
                        false)
                .to(q.scalar_type());
    }

    /**
     * The type to attend in. On a processor libtorch multiplies half-width numbers inside attention one by one, many
     * times slower than float32 ({@code perf tree --size 3b}).
     */
    public static Tensor inComputedType(Tensor x) {
        return x.is_cpu() && x.element_size() < Float.BYTES ? x.to(ScalarType.Float) : x;
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
