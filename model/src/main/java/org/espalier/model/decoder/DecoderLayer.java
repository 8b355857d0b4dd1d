package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.silu;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** One block: attention and a gated feed-forward, each behind a norm and beside a residual. */
record DecoderLayer(int number, TextShape shape, Norm beforeAttention, Norm beforeFeedForward, List<Linear> linears) {
    /** {@code x [tokens, hidden]} to the same. */
    Tensor of(Tensor x, Rope rope, Attention attention, Deltas deltas) {
        Tensor attended = x.add(attend(beforeAttention.of(x), rope, attention, deltas));
        return attended.add(feedForward(beforeFeedForward.of(attended), deltas));
    }

    private Tensor attend(Tensor x, Rope rope, Attention attention, Deltas deltas) {
        long heads = shape.heads();
        long keyHeads = shape.keyValueHeads();
        Tensor qkv = product(Projection.QKV, x, deltas).view(x.size(0), heads + 2 * keyHeads, shape.headWidth());
        TensorVector parts = qkv.split(new long[] {heads + keyHeads, keyHeads}, 1);
        TensorVector rotated = rope.rotate(parts.get(0)).split(new long[] {heads, keyHeads}, 1);
        return product(
                Projection.OUTPUT, attention.attend(number, rotated.get(0), rotated.get(1), parts.get(1)), deltas);
    }

    private Tensor feedForward(Tensor x, Deltas deltas) {
        TensorVector parts = product(Projection.GATE_UP, x, deltas).split(shape.feedForward(), 1);
        return product(Projection.DOWN, silu(parts.get(0)).mul(parts.get(1)), deltas);
    }

    Linear linear(Projection which) {
        return linears.get(which.ordinal());
    }

    DecoderLayer merged(Deltas deltas) {
        return with(Arrays.stream(Projection.values())
                .map(which -> linear(which).merged(deltas.of(number, which)))
                .toList());
    }

    DecoderLayer byColumns() {
        return with(linears.stream().map(Linear::byColumns).toList());
    }

    private DecoderLayer with(List<Linear> products) {
        return new DecoderLayer(number, shape, beforeAttention, beforeFeedForward, products);
    }

    private Tensor product(Projection which, Tensor x, Deltas deltas) {
        return linear(which).of(x, deltas.of(number, which));
    }
}
