package org.espalier.model.llava;

import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.LayerNorm;
import org.espalier.model.decoder.NamedLinear;
import org.espalier.tensor.AttentionKernel;

/** One block of the CLIP tower. {@code x} is {@code [tiles, 1 + patches, hidden]}. */
record ClipBlock(
        ClipShape shape,
        LayerNorm beforeAttention,
        NamedLinear qkv,
        NamedLinear output,
        LayerNorm beforeFeedForward,
        NamedLinear up,
        NamedLinear down) {
    Tensor of(Tensor x, AttentionKernel kernel, Deltas deltas) {
        Tensor attended = x.add(output.of(attend(qkv.of(beforeAttention.of(x), deltas), kernel), deltas));
        Tensor inner = shape.activation().of(up.of(beforeFeedForward.of(attended), deltas));
        return attended.add(down.of(inner, deltas));
    }

    private Tensor attend(Tensor fused, AttentionKernel kernel) {
        long heads = shape.heads();
        // [tiles, 3 heads, 1 + patches, width]
        Tensor parts = fused.view(fused.size(0), fused.size(1), 3 * heads, shape.headWidth())
                .transpose(1, 2);
        Tensor seen = kernel.full(
                parts.narrow(1, 0, heads), parts.narrow(1, heads, heads), parts.narrow(1, 2 * heads, heads));
        return seen.transpose(1, 2).reshape(fused.size(0), fused.size(1), shape.hidden());
    }
}
