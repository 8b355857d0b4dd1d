package org.espalier.model.generate;

import static org.bytedeco.pytorch.global.torch.lerp;
import static org.bytedeco.pytorch.global.torch.sigmoid;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Attention;
import org.espalier.tensor.AttentionKernel;

/**
 * Attention of one new token a row: to the row's part of its prompt, which it shares with other rows, and to what the
 * row has written itself. The two are computed apart and weighed by their normalisers, so that no prompt is ever copied
 * to a row and no key is repeated for the heads that share it.
 */
record CachedAttention(AttentionKernel kernel, SharedPrefix prefix, RowCache written) implements Attention {
    @Override
    public Tensor attend(int layer, Tensor q, Tensor k, Tensor v) {
        written.put(layer, k, v);
        long keyHeads = k.size(1);
        Tensor queries = q.view(q.size(0), keyHeads, q.size(1) / keyHeads, q.size(2));
        AttentionKernel.Partial before = prefix.attend(layer, queries);
        AttentionKernel.Partial own =
                kernel.partial(queries, written.keys(layer), written.values(layer), Optional.empty());
        Tensor weight = sigmoid(before.logSum().sub(own.logSum())).unsqueeze(3).to(q.scalar_type());
        return lerp(own.out(), before.out(), weight).transpose(1, 2).reshape(q.size(0), q.size(1) * q.size(2));
    }
}
