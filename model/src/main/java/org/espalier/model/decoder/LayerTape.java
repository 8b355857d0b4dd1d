package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.silu_backward_out;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.espalier.tensor.Scope;

/**
 * One layer forward, with what its way back needs; the way back adds to the adapter's gradients. Only attention records a
 * graph. What can be computed again in a single pass over memory is not kept.
 */
final class LayerTape implements AutoCloseable {
    private final DecoderLayer layer;
    private final TrainableDeltas deltas;
    private final AdaptedProduct[] products;
    private final List<Tensor> kept = new ArrayList<>();
    private final Tensor x;
    private final NormTape first;
    private final Optional<Tensor> lowQkv;
    private final Tensor q;
    private final Tensor k;
    private final Tensor v;
    private final Tensor attended;
    private final Optional<Tensor> lowOutput;
    private final Tensor middle;
    private final NormTape second;
    private final Tensor gateUp;
    private final Optional<Tensor> lowGateUp;
    private final Optional<Tensor> lowDown;
    private final Tensor result;

    /** Forward; what is not kept belongs to the surrounding scope. {@code deltas} outlive this. */
    LayerTape(DecoderLayer layer, Tensor x, Rope rope, Attention attention, TrainableDeltas deltas) {
        this.layer = layer;
        this.deltas = deltas;
        this.x = x;
        Projection[] all = Projection.values();
        products = new AdaptedProduct[all.length];
        for (Projection which : all) {
            products[which.ordinal()] = AdaptedProduct.of(layer, which, deltas);
        }
        TextShape shape = layer.shape();
        long heads = shape.heads();
        long keyHeads = shape.keyValueHeads();
        first = norm(layer.beforeAttention(), x);
        AdaptedProduct.Result qkv = product(Projection.QKV).of(first.out());
        lowQkv = keep(qkv.low());
        Tensor parts = qkv.y().view(x.size(0), heads + 2 * keyHeads, shape.headWidth());
        Tensor rotated = rope.rotate(parts.narrow(1, 0, heads + keyHeads));
        q = leaf(rotated.narrow(1, 0, heads));
        k = leaf(rotated.narrow(1, heads, keyHeads));
        v = leaf(parts.narrow(1, heads + keyHeads, keyHeads));
        try (AutoGradMode recorded = new AutoGradMode(true)) {
            attended = keep(attention.attend(layer.number(), q, k, v));
        }
        AdaptedProduct.Result output = product(Projection.OUTPUT).of(attended.detach(), x);
        lowOutput = keep(output.low());
        middle = keep(output.y());
        second = norm(layer.beforeFeedForward(), middle);
        AdaptedProduct.Result wide = product(Projection.GATE_UP).of(second.out());
        lowGateUp = keep(wide.low());
        gateUp = keep(wide.y());
        AdaptedProduct.Result down = product(Projection.DOWN).of(silu(gate()).mul_(up()), middle);
        lowDown = keep(down.low());
        result = keep(down.y());
    }

    /** Hidden states after the layer. */
    Tensor result() {
        return result;
    }

    /**
     * Back.
     *
     * @param slope the gradient of the result; becomes that of what went in, where {@code further}
     */
    void back(Tensor slope, Rope backwards, boolean further) {
        try (PointerScope scope = new PointerScope()) {
            second.back(middle, feedForward(slope), slope);
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor qkv = attention(slope, backwards);
            AdaptedProduct product = product(Projection.QKV);
            Optional<Tensor> low = product.learn(first.out(), lowQkv, qkv, deltas);
            if (further) {
                first.back(x, product.back(qkv, low), slope);
            }
        }
    }

    /** From the gradient of the result to that of the second norm. */
    private Tensor feedForward(Tensor slope) {
        Tensor opened = silu(gate());
        Tensor inner = Scope.keeping(() -> {
            Optional<Tensor> low = product(Projection.DOWN).learn(opened.mul(up()), lowDown, slope, deltas);
            return product(Projection.DOWN).back(slope, low);
        });
        Tensor wide = torch.empty_like(gateUp);
        long width = layer.shape().feedForward();
        torch.mul_out(wide.narrow(1, width, width), inner, opened);
        silu_backward_out(wide.narrow(1, 0, width), inner.mul_(up()), gate());
        Optional<Tensor> low = product(Projection.GATE_UP).learn(second.out(), lowGateUp, wide, deltas);
        return product(Projection.GATE_UP).back(wide, low);
    }

    /** From the gradient of the residual after attention to that of the query, key and value product. */
    private Tensor attention(Tensor slope, Rope backwards) {
        Tensor inner = Scope.keeping(() -> {
            Optional<Tensor> low = product(Projection.OUTPUT).learn(attended.detach(), lowOutput, slope, deltas);
            return product(Projection.OUTPUT).back(slope, low);
        });
        attended.backward(inner, new BoolOptional(), false, new TensorArrayRefOptional());
        Tensor qkv = cat(new TensorVector(q.grad(), k.grad(), v.grad()), 1);
        backwards.rotate_(qkv.narrow(1, 0, layer.shape().heads() + layer.shape().keyValueHeads()));
        return qkv.view(qkv.size(0), qkv.size(1) * qkv.size(2));
    }

    private Tensor gate() {
        return gateUp.narrow(1, 0, layer.shape().feedForward());
    }

    private Tensor up() {
        return gateUp.narrow(1, layer.shape().feedForward(), layer.shape().feedForward());
    }

    private AdaptedProduct product(Projection which) {
        return products[which.ordinal()];
    }

    private NormTape norm(Norm norm, Tensor of) {
        NormTape tape = NormTape.of(norm, of);
        keep(tape.reciprocal());
        keep(tape.out());
        return tape;
    }

    private Tensor leaf(Tensor part) {
        Tensor leaf = keep(part.detach());
        leaf.requires_grad_(true);
        return leaf;
    }

    private Optional<Tensor> keep(Optional<Tensor> tensor) {
        tensor.ifPresent(this::keep);
        return tensor;
    }

    private Tensor keep(Tensor tensor) {
        kept.add(Scope.own(tensor));
        return tensor;
    }

    @Override
    public void close() {
        kept.forEach(Tensor::close);
        kept.clear();
    }
}
