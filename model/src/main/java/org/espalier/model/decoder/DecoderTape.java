package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.Scope;

/**
 * The decoder that trains: forward, and back to the gradients of an adapter, layer by layer without a recorded graph,
 * which takes a fraction of the calls and of the memory. Equal to {@link Decoder#forward} and libtorch's own backward
 * pass up to rounding. To be closed, also where nothing goes backward. A thread each.
 */
public final class DecoderTape implements AutoCloseable {
    private final Rope rope;
    private final List<LayerTape> layers = new ArrayList<>();
    private final NormTape last;
    private final Tensor beforeLast;
    private final List<Tensor> kept = new ArrayList<>();

    private DecoderTape(Decoder decoder, Tensor x, Rope rope, Attention attention, LoraSnapshot lora) {
        this.rope = rope;
        Tensor state = x;
        try (NoGradGuard guard = new NoGradGuard()) {
            for (DecoderLayer layer : decoder.layers()) {
                try (PointerScope scope = new PointerScope()) {
                    layers.add(LayerTape.forward(layer, state, this.rope, attention, lora));
                }
                state = layers.getLast().result();
            }
            beforeLast = state;
            try (PointerScope scope = new PointerScope()) {
                last = NormTape.forward(decoder.lastNorm(), state);
                kept.add(Scope.own(last.reciprocal()));
                kept.add(Scope.own(last.out()));
            }
        }
    }

    /** {@code x [tokens, hidden]}, rope, attention and lora stay with the caller until this is closed. */
    public static DecoderTape forward(Decoder decoder, Tensor x, Rope rope, Attention attention, LoraSnapshot lora) {
        return new DecoderTape(decoder, x, rope, attention, lora);
    }

    /** Hidden states after the last norm, {@code [tokens, hidden]}; usable until this is closed. */
    public Tensor states() {
        return last.out();
    }

    /** Once; {@code outputGradient [tokens, hidden]} is that of the states. Frees what it no longer needs. */
    public void backward(Tensor outputGradient) {
        backward(outputGradient, gradient -> {}, false);
    }

    /**
     * The same, and further.
     *
     * @param ofInput takes the gradient of what went in, {@code [tokens, hidden]}, which lives as long as the call
     */
    public void backward(Tensor outputGradient, Consumer<Tensor> ofInput) {
        backward(outputGradient, ofInput, true);
    }

    private void backward(Tensor outputGradient, Consumer<Tensor> ofInput, boolean further) {
        try (NoGradGuard guard = new NoGradGuard();
                PointerScope scope = new PointerScope()) {
            Tensor gradient = zeros_like(beforeLast);
            last.backward(beforeLast, outputGradient, gradient);
            Rope backwards = rope.backwards();
            while (!layers.isEmpty()) {
                try (LayerTape layer = layers.removeLast()) {
                    layer.backward(gradient, backwards, further || !layers.isEmpty());
                }
            }
            ofInput.accept(gradient);
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
