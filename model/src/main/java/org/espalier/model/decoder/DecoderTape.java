package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.Scope;

/**
 * The decoder forward, and back to an adapter's gradients, layer by layer without a recorded graph: a fraction of the
 * calls and of the memory. Base weights are frozen. Equal to {@link Decoder#forward} and libtorch's own way back up to
 * rounding. To be closed, also where the way back is not taken.
 */
public final class DecoderTape implements AutoCloseable {
    private final Rope rope;
    private final List<LayerTape> layers = new ArrayList<>();
    private final NormTape last;
    private final Tensor beforeLast;
    private final List<Tensor> kept = new ArrayList<>();

    /** Forward; {@code x [tokens, hidden]}, rope and deltas stay with the caller until this is closed. */
    public DecoderTape(Decoder decoder, Tensor x, Rope rope, Attention attention, TakenDeltas deltas) {
        this.rope = rope.to(x.scalar_type());
        Tensor state = x;
        try (NoGradGuard guard = new NoGradGuard()) {
            for (DecoderLayer layer : decoder.layers()) {
                try (PointerScope scope = new PointerScope()) {
                    layers.add(new LayerTape(layer, state, this.rope, attention, deltas));
                }
                state = layers.getLast().result();
            }
            beforeLast = state;
            try (PointerScope scope = new PointerScope()) {
                last = NormTape.of(decoder.lastNorm(), state);
                kept.add(Scope.own(last.reciprocal()));
                kept.add(Scope.own(last.out()));
            }
        }
    }

    /** Hidden states after the last norm, {@code [tokens, hidden]}; usable until this is closed. */
    public Tensor states() {
        return last.out();
    }

    /** Back, once; {@code slope [tokens, hidden]} is the gradient of the states. Frees what it no longer needs. */
    public void backward(Tensor slope) {
        try (NoGradGuard guard = new NoGradGuard();
                PointerScope scope = new PointerScope()) {
            Tensor back = zeros_like(beforeLast);
            last.back(beforeLast, slope, back);
            Rope backwards = rope.backwards();
            while (!layers.isEmpty()) {
                try (LayerTape layer = layers.removeLast()) {
                    layer.back(back, backwards, !layers.isEmpty());
                }
            }
        }
    }

    @Override
    public void close() {
        layers.forEach(LayerTape::close);
        layers.clear();
        kept.forEach(Tensor::close);
        kept.clear();
    }
}
