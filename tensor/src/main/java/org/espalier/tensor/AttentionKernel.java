package org.espalier.tensor;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Attention as one kind of device computes it: no dropout, scores scaled by 1/√width. All of {@code q}, {@code k} and
 * {@code v} are {@code [batch, heads, tokens, width]}. Masks are added to the scores and broadcast to
 * {@code [batch, heads, queries, keys]}.
 */
public interface AttentionKernel {
    /** Each token sees itself and those before it. */
    Tensor causal(Tensor q, Tensor k, Tensor v);

    /** Every token sees every token. */
    Tensor full(Tensor q, Tensor k, Tensor v);

    /** Every token sees what a mask lets it see. */
    Tensor masked(Tensor q, Tensor k, Tensor v, Tensor mask);

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
