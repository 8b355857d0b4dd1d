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
 * pass up to rounding. Layers whose intermediate results there is no room for are computed again on the way back, by the
 * same operations, so that gradients are equal to the last bit. To be closed, also where nothing goes backward. A thread each.
 */
public final class DecoderTape implements AutoCloseable {
    private final Decoder decoder;
    private final Rope rope;
    private final Attention attention;
    private final LoraSnapshot lora;
    private final Tensor x;
    /** Results of the first layers, which are computed again. */
    private final List<Tensor> results = new ArrayList<>();
    /** The other layers. */
    private final List<LayerTape> layers = new ArrayList<>();

    private final NormTape last;
    private final List<Tensor> kept = new ArrayList<>();

    private DecoderTape(Decoder decoder, Tensor x, Rope rope, Attention attention, LoraSnapshot lora, int again) {
        this.decoder = decoder;
        this.x = x;
        this.rope = rope;
        this.attention = attention;
        this.lora = lora;
        try (NoGradGuard guard = new NoGradGuard()) {
            for (int number = 0; number < decoder.layers().size(); number++) {
                if (number < again) {
                    try (LayerTape passing = layer(number)) {
                        results.add(passing.release());
                    }
                } else {
                    layers.add(layer(number));
                }
            }
            try (PointerScope scope = new PointerScope()) {
                last = NormTape.forward(
                        decoder.lastNorm(), input(decoder.layers().size()));
                kept.add(Scope.own(last.reciprocal()));
                kept.add(Scope.own(last.out()));
            }
        } catch (RuntimeException e) {
            // Where there was no memory for all of it, what there is must not stay.
            close();
            throw e;
        }
    }

    /**
     * The same with less kept.
     *
     * @param layersAgain how many layers, the first ones, are computed again on the way back
     */
    public static DecoderTape forward(
            Decoder decoder, Tensor x, Rope rope, Attention attention, LoraSnapshot lora, int layersAgain) {
        return new DecoderTape(decoder, x, rope, attention, lora, layersAgain);
    }

    /** A layer forward. */
    private LayerTape layer(int number) {
        try (PointerScope scope = new PointerScope()) {
            return LayerTape.forward(decoder.layers().get(number), input(number), rope, attention, lora);
        }
    }

    /** What goes into a layer, or after the last one into the norm. */
    private Tensor input(int number) {
        if (number == 0) {
            return x;
        }
        return number <= results.size()
                ? results.get(number - 1)
                : layers.get(number - 1 - results.size()).result();
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
            Tensor before = input(decoder.layers().size());
            Tensor gradient = zeros_like(before);
            last.backward(before, outputGradient, gradient);
            Rope backwards = rope.backwards();
            while (!layers.isEmpty()) {
                try (LayerTape layer = layers.removeLast()) {
                    layer.backward(gradient, backwards, further || results.size() + layers.size() > 0);
                }
            }
            while (!results.isEmpty()) {
                results.removeLast().close();
                try (LayerTape layer = layer(results.size())) {
                    layer.backward(gradient, backwards, further || !results.isEmpty());
                }
            }
            ofInput.accept(gradient);
        }
    }

    @Override
    public void close() {
        layers.forEach(LayerTape::close);
        layers.clear();
        results.forEach(Tensor::close);
        results.clear();
        kept.forEach(Tensor::close);
        kept.clear();
    }
}
