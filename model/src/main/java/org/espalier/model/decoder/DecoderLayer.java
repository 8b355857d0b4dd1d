package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.silu;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * One block: attention and a gated feed-forward, each after a norm and beside a residual. This is the one that samples
 * and scores; the one that trains an adapter is {@link LayerTape}, which says why they are two.
 */
record DecoderLayer(int number, TextShape shape, Norm beforeAttention, Norm beforeFeedForward, List<Linear> linears) {
    /** {@code x [tokens, hidden]} to the same. */
    Tensor forward(Tensor x, Rope rope, Attention attention, Deltas deltas) {
        Tensor middle = x.add(attend(beforeAttention.of(x), rope, attention, deltas)); // [tokens, hidden]
        return middle.add(feedForward(beforeFeedForward.of(middle), deltas)); // [tokens, hidden]
    }

    private Tensor attend(Tensor x, Rope rope, Attention attention, Deltas deltas) {
        long heads = shape.heads();
        long keyHeads = shape.keyValueHeads();
        // [tokens, heads + 2 keyHeads, width]
        Tensor qkv = product(Projection.QKV, x, deltas).view(x.size(0), heads + 2 * keyHeads, shape.headWidth());
        TensorVector parts = qkv.split(new long[] {heads + keyHeads, keyHeads}, 1); // queries and keys, values
        TensorVector rotated = rope.rotate(parts.get(0)).split(new long[] {heads, keyHeads}, 1); // queries, keys
        return product(
                Projection.OUTPUT, attention.attend(number, rotated.get(0), rotated.get(1), parts.get(1)), deltas);
    }

    private Tensor feedForward(Tensor x, Deltas deltas) {
        TensorVector parts = product(Projection.GATE_UP, x, deltas).split(shape.feedForward(), 1); // gate, up
        return product(Projection.DOWN, silu(parts.get(0)).mul(parts.get(1)), deltas);
    }

    Linear linear(Projection which) {
        return linears.get(which.ordinal());
    }

    DecoderLayer merged(Deltas deltas) {
        return with(which -> linear(which).merged(deltas.of(number, which)));
    }

    DecoderLayer packed(Deltas deltas) {
        return with(which -> linear(which).packed(deltas.of(number, which)));
    }

    DecoderLayer byColumns() {
        return with(which -> linear(which).byColumns());
    }

    private DecoderLayer with(Function<Projection, Linear> products) {
        return new DecoderLayer(
                number,
                shape,
                beforeAttention,
                beforeFeedForward,
                Arrays.stream(Projection.values()).map(products).toList());
    }

    private Tensor product(Projection which, Tensor x, Deltas deltas) {
        return linear(which).of(x, deltas.of(number, which));
    }
}
