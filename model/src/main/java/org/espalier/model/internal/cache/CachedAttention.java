package org.espalier.model.internal.cache;

import static org.bytedeco.pytorch.global.torch.lerp;
import static org.bytedeco.pytorch.global.torch.sigmoid;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Attention;
import org.espalier.tensor.AttentionKernel;

/**
 * Attention of one new token a sequence: to its part of the prompt, which it shares with other sequences, and to what is its
 * own. The two are computed apart and weighed by their normalisers, so that no prompt is ever copied to a sequence and no
 * key is repeated for the heads that share it.
 *
 * @param mask of what is their own, as {@link SequenceCache#mask} has it
 */
public record CachedAttention(AttentionKernel kernel, SharedPrefix prefix, SequenceCache own, Optional<Tensor> mask)
        implements Attention {
    @Override
    public Tensor attend(int layer, Tensor q, Tensor k, Tensor v) {
        own.put(layer, k, v);
        long keyHeads = k.size(1);
        Tensor queries = q.view(q.size(0), keyHeads, q.size(1) / keyHeads, q.size(2));
        Optional<Tensor> seen = mask.map(all -> all.narrow(3, 0, own.length()));
        AttentionKernel.Partial before = prefix.attend(layer, queries);
        AttentionKernel.Partial after = kernel.partial(queries, own.keys(layer), own.values(layer), seen);
        Tensor weight =
                sigmoid(before.logSum().sub(after.logSum())).unsqueeze(3).to(q.scalar_type());
        return lerp(after.out(), before.out(), weight).transpose(1, 2).reshape(q.size(0), q.size(1) * q.size(2));
    }
}
