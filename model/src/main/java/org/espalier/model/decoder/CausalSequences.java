package org.espalier.model.decoder;

import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.AttentionKernel;

/**
 * Sequences of one length, one after the other on the token axis; each token attends to itself and what is before it in its
 * sequence. Shorter sequences are padded on the right, where no token attends to.
 *
 * @param count how many sequences
 */
public record CausalSequences(long count, AttentionKernel kernel) implements Attention {
    @Override
    public Tensor attend(int layer, Tensor q, Tensor k, Tensor v) {
        Tensor out =
                kernel.causal(split(q), split(Attention.repeat(k, q.size(1))), split(Attention.repeat(v, q.size(1))));
        return out.transpose(1, 2).reshape(q.size(0), q.size(1) * q.size(2));
    }

    private Tensor split(Tensor x) {
        return x.view(count, x.size(0) / count, x.size(1), x.size(2)).transpose(1, 2);
    }
}
