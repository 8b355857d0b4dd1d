package org.espalier.tensor;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * Attention as one kind of device computes it: no dropout, scores scaled by 1/√width. All of {@code q}, {@code k} and
 * {@code v} are {@code [batch, heads, tokens, width]}. Masks are added to the scores and broadcast to
 * {@code [batch, heads, queries, keys]}.
 */
public interface AttentionKernel {
    /** Each token sees itself and those before it. */
    default Tensor causal(Tensor q, Tensor k, Tensor v) {
        return of(q, k, v, new TensorOptional(), true);
    }

    /** Every token sees every token. */
    default Tensor full(Tensor q, Tensor k, Tensor v) {
        return of(q, k, v, new TensorOptional(), false);
    }

    /** Every token sees what a mask lets it see. */
    default Tensor masked(Tensor q, Tensor k, Tensor v, Tensor mask) {
        return of(q, k, v, new TensorOptional(mask), false);
    }

    /** @param causal whether each token sees itself and those before it alone; there is no mask then */
    Tensor of(Tensor q, Tensor k, Tensor v, TensorOptional mask, boolean causal);

    /**
     * Attention in which neighbouring heads share keys and values, which are copied for none of them.
     *
     * @param q {@code [1, heads, queries, width]}
     * @param k {@code [1, keyHeads, keys, width]}, as {@code v}
     * @param mask {@code [1, 1, queries, keys]}; empty: each token sees itself and those before it
     * @return {@code [1, heads, queries, width]}
     */
    default Tensor shared(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask) {
        long group = q.size(1) / k.size(1);
        Tensor queries = q.view(k.size(1), group, q.size(2), q.size(3)).transpose(0, 1);
        Tensor keys = k.expand(group, k.size(1), k.size(2), k.size(3));
        Tensor values = v.expand(group, v.size(1), v.size(2), v.size(3));
        Tensor out = mask.isPresent() ? masked(queries, keys, values, mask.get()) : causal(queries, keys, values);
        return out.transpose(0, 1).reshape(1, q.size(1), q.size(2), q.size(3));
    }

    /** Attention to some of the keys, so that it can be put together with attention to others. Without gradients. */
    Partial partial(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask);

    /**
     * Attention to some of the keys.
     *
     * @param out {@code [batch, queries, heads, width]}
     * @param logSum {@code [batch, queries, heads]}: the natural logarithm of the sum of exponentiated scores
     */
    record Partial(Tensor out, Tensor logSum) {}
}
