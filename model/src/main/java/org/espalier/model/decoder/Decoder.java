package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.embedding;

import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.PackedProduct;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/**
 * The language model: embeddings in, hidden states out. One axis of tokens; batches, trees and caches differ only in
 * their {@link Attention}.
 */
public final class Decoder {
    private final TextShape shape;
    private final Placement placement;
    private final Tensor embedding;
    private final Tensor head;
    private final Norm lastNorm;
    private final List<DecoderLayer> layers;

    Decoder(
            TextShape shape,
            Placement placement,
            Tensor embedding,
            Tensor head,
            Norm lastNorm,
            List<DecoderLayer> layers) {
        this.shape = shape;
        this.placement = placement;
        this.embedding = embedding;
        this.head = head;
        this.lastNorm = lastNorm;
        this.layers = List.copyOf(layers);
    }

    public TextShape shape() {
        return shape;
    }

    /** Where its weights lie and in which type it computes. */
    public Placement placement() {
        return placement;
    }

    /** {@code [vocabulary, hidden]}: logits are its product with hidden states. */
    public Tensor head() {
        return head;
    }

    List<DecoderLayer> layers() {
        return layers;
    }

    Norm lastNorm() {
        return lastNorm;
    }

    /** The product of one layer. */
    public Linear linear(int layer, Projection which) {
        return layers.get(layer).linear(which);
    }

    /**
     * The same model with an adapter merged into copies of its weights, which belong to the surrounding scope; everything
     * else is shared.
     */
    public Decoder merged(Deltas deltas) {
        return with(layer -> layer.merged(deltas));
    }

    /**
     * The same model with copies of its layers' weights that lie in memory column by column, which products of a few
     * tokens read up to three times as fast; the copies belong to the surrounding scope.
     */
    public Decoder byColumns() {
        return with(DecoderLayer::byColumns);
    }

    /**
     * The same model with an adapter merged into copies of its weights that are packed ({@link PackedProduct}), which products
     * of a few tokens read up to four times as fast; the copies belong to the surrounding scope. It samples and can do nothing
     * else.
     */
    public Decoder packed(Deltas deltas) {
        return with(
                new Linear(head, Optional.empty()).packed(Optional.empty()).weight(), layer -> layer.packed(deltas));
    }

    private Decoder with(UnaryOperator<DecoderLayer> change) {
        return with(head, change);
    }

    private Decoder with(Tensor otherHead, UnaryOperator<DecoderLayer> change) {
        return new Decoder(
                shape,
                placement,
                embedding,
                otherHead,
                lastNorm,
                layers.stream().map(change).toList());
    }

    /** Of hidden states {@code [tokens, hidden]}: {@code [tokens, vocabulary]}. */
    public Tensor logits(Tensor hidden) {
        return new Linear(head, Optional.empty()).of(hidden);
    }

    /** Embeddings of token ids {@code [tokens]}: {@code [tokens, hidden]}. */
    public Tensor embed(Tensor ids) {
        return embedding(embedding, ids);
    }

    /** {@code x [tokens, hidden]} to hidden states after the last norm. */
    public Tensor forward(Tensor x, Rope rope, Attention attention, Deltas deltas) {
        return forward(x, rope, attention, deltas, (state, layer) -> {});
    }

    /** Shows each hidden state on the way: 0 the embeddings, the number of layers the result. */
    public Tensor forward(Tensor x, Rope rope, Attention attention, Deltas deltas, ObjIntConsumer<Tensor> hidden) {
        Tensor state = x;
        hidden.accept(state, 0);
        for (DecoderLayer layer : layers) {
            Tensor input = state;
            state = Scope.keeping(() -> layer.forward(input, rope, attention, deltas));
            if (layer.number() + 1 < layers.size()) {
                hidden.accept(state, layer.number() + 1);
            }
        }
        Tensor last = state;
        Tensor result = Scope.keeping(() -> lastNorm.of(last));
        hidden.accept(result, layers.size());
        return result;
    }
}
