package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.empty_like;
import static org.bytedeco.pytorch.global.torch.mul_out;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.silu_backward_out;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.tensor.Scope;

/**
 * The {@link DecoderLayer} that trains: the same block, with what its backward pass needs. They are two because whoever
 * samples or scores runs forward alone and must keep nothing, and because here only attention records a graph: the
 * gradients of the rest are written out below, which takes a fraction of the calls and of the memory of libtorch's record
 * of everything. What can be computed again in one pass over memory is not kept.
 */
final class LayerTape implements AutoCloseable {
    private final List<AdaptedProduct> products = new ArrayList<>();
    private final List<Tensor> kept = new ArrayList<>();
    private final long heads;
    private final long keyHeads;
    private final long width;
    private final long feedForward;

    private final Tensor x;
    private final NormTape attentionNorm;
    private final Tensor q;
    private final Tensor k;
    private final Tensor v;
    private final Tensor attended;
    private final Tensor middle;
    private final NormTape feedForwardNorm;
    private final Tensor gateUp;
    private final Tensor result;

    private LayerTape(DecoderLayer layer, Tensor x, Rope rope, Attention attention, LoraSnapshot lora) {
        this.heads = layer.shape().heads();
        this.keyHeads = layer.shape().keyValueHeads();
        this.width = layer.shape().headWidth();
        this.feedForward = layer.shape().feedForward();
        for (Projection which : Projection.values()) {
            products.add(new AdaptedProduct(layer.linear(which), lora.product(layer.number(), which)));
        }
        this.x = x; // [tokens, hidden]
        try {
            // Norm; queries, keys and values in one product; rotary positions on the first two
            attentionNorm = norm(layer.beforeAttention(), x); // [tokens, hidden]
            Tensor flat =
                    product(Projection.QKV).forward(attentionNorm.out()); // [tokens, (heads + 2 keyHeads) * width]
            Tensor qkv = flat.view(x.size(0), heads + 2 * keyHeads, width); // [tokens, heads + 2 keyHeads, width]
            Tensor rotated = rope.rotate(qkv.narrow(1, 0, heads + keyHeads)); // [tokens, heads + keyHeads, width]
            q = leaf(rotated.narrow(1, 0, heads)); // [tokens, heads, width]
            k = leaf(rotated.narrow(1, heads, keyHeads)); // [tokens, keyHeads, width]
            v = leaf(qkv.narrow(1, heads + keyHeads, keyHeads)); // [tokens, keyHeads, width]

            // Attention, recorded; its product beside the residual
            try (AutoGradMode recorded = new AutoGradMode(true)) {
                attended = keep(attention.attend(layer.number(), q, k, v)); // [tokens, heads * width]
            }
            middle = keep(product(Projection.OUTPUT).forward(attended.detach(), x)); // [tokens, hidden]

            // Norm; gated feed-forward beside the residual
            feedForwardNorm = norm(layer.beforeFeedForward(), middle); // [tokens, hidden]
            gateUp = keep(product(Projection.GATE_UP).forward(feedForwardNorm.out())); // [tokens, 2 * feedForward]
            result = keep(product(Projection.DOWN).forward(silu(gate()).mul_(up()), middle)); // [tokens, hidden]
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Forward; what is not kept belongs to the surrounding scope.
     *
     * @param x {@code [tokens, hidden]}; outlives this, as {@code lora} does
     */
    static LayerTape forward(DecoderLayer layer, Tensor x, Rope rope, Attention attention, LoraSnapshot lora) {
        return new LayerTape(layer, x, rope, attention, lora);
    }

    /** Hidden states after the layer, {@code [tokens, hidden]}. */
    Tensor result() {
        return result;
    }

    /** Takes the {@link #result} out, which {@link #close} then leaves to the caller. */
    Tensor release() {
        return kept.removeLast();
    }

    /**
     * Backward, once.
     *
     * @param gradient of the result, {@code [tokens, hidden]}; becomes that of {@code x}
     * @param further whether the gradient of {@code x} is wanted: before the first layer nothing is trained
     */
    void backward(Tensor gradient, Rope backwards, boolean further) {
        // result = middle + feedForward(norm(middle)): the gradient stays on the residual and is added to by the branch
        try (PointerScope scope = new PointerScope()) {
            feedForwardNorm.backward(middle, backwardFeedForward(gradient), gradient);
        }
        // middle = x + attention(norm(x)), likewise
        try (PointerScope scope = new PointerScope()) {
            Tensor ofQkv = backwardAttention(gradient, backwards); // [tokens, (heads + 2 keyHeads) * width]
            if (further) {
                attentionNorm.backward(x, product(Projection.QKV).backward(attentionNorm.out(), ofQkv), gradient);
            } else {
                product(Projection.QKV).addGradients(attentionNorm.out(), ofQkv);
            }
        }
    }

    /** From the gradient of the result to that of the norm before the feed-forward, both {@code [tokens, hidden]}. */
    private Tensor backwardFeedForward(Tensor gradient) {
        Tensor open = silu(gate()); // [tokens, feedForward]
        Tensor ofInner = Scope.keeping(
                () -> product(Projection.DOWN).backward(open.mul(up()), gradient)); // [tokens, feedForward]
        Tensor ofGateUp = empty_like(gateUp); // [tokens, 2 * feedForward]
        mul_out(ofGateUp.narrow(1, feedForward, feedForward), ofInner, open);
        silu_backward_out(ofGateUp.narrow(1, 0, feedForward), ofInner.mul_(up()), gate());
        return product(Projection.GATE_UP).backward(feedForwardNorm.out(), ofGateUp);
    }

    /** From the gradient of {@link #middle} to that of the query, key and value product. */
    private Tensor backwardAttention(Tensor gradient, Rope backwards) {
        Tensor ofAttended = Scope.keeping(
                () -> product(Projection.OUTPUT).backward(attended.detach(), gradient)); // [tokens, heads * width]
        attended.backward(ofAttended, new BoolOptional(), false, new TensorArrayRefOptional());
        Tensor ofQkv = cat(new TensorVector(q.grad(), k.grad(), v.grad()), 1); // [tokens, heads + 2 keyHeads, width]
        backwards.rotate_(ofQkv.narrow(1, 0, heads + keyHeads));
        return ofQkv.view(ofQkv.size(0), (heads + 2 * keyHeads) * width);
    }

    private Tensor gate() {
        return gateUp.narrow(1, 0, feedForward);
    }

    private Tensor up() {
        return gateUp.narrow(1, feedForward, feedForward);
    }

    private AdaptedProduct product(Projection which) {
        return products.get(which.ordinal());
    }

    private NormTape norm(Norm norm, Tensor of) {
        NormTape tape = NormTape.forward(norm, of);
        keep(tape.reciprocal());
        keep(tape.out());
        return tape;
    }

    private Tensor leaf(Tensor part) {
        Tensor leaf = keep(part.detach());
        leaf.requires_grad_(true);
        return leaf;
    }

    private Tensor keep(Tensor tensor) {
        kept.add(Scope.own(tensor));
        return tensor;
    }

    @Override
    public void close() {
        products.forEach(AdaptedProduct::close);
        kept.forEach(Tensor::close);
        kept.clear();
    }
}
