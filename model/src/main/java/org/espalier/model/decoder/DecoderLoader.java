package org.espalier.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Puts a decoder together from named weights. */
public final class DecoderLoader {
    private DecoderLoader() {}

    /**
     * Loads.
     *
     * @param prefix of the layers, as {@code model.}
     * @param headName name of the output head, unused where it is tied
     */
    public static Decoder load(TextShape shape, WeightSource weights, String prefix, String headName) {
        Tensor embedding = weights.get(prefix + "embed_tokens.weight", shape.vocabulary(), shape.hidden());
        Tensor head = shape.tied() ? embedding : weights.get(headName, shape.vocabulary(), shape.hidden());
        List<DecoderLayer> layers = new ArrayList<>();
        for (int i = 0; i < shape.layers(); i++) {
            layers.add(layer(shape, weights, prefix + "layers." + i + ".", i));
        }
        return new Decoder(shape, weights.placement(), embedding, head, norm(shape, weights, prefix + "norm"), layers);
    }

    private static DecoderLayer layer(TextShape shape, WeightSource weights, String prefix, int number) {
        List<Linear> linears = new ArrayList<>();
        for (Projection which : Projection.values()) {
            List<String> names =
                    which.parts().stream().map(part -> prefix + part).toList();
            boolean bias = which == Projection.QKV && shape.qkvBias();
            linears.add(weights.linear(names, which.outputs(shape), which.inputs(shape), bias));
        }
        return new DecoderLayer(
                number,
                shape,
                norm(shape, weights, prefix + "input_layernorm"),
                norm(shape, weights, prefix + "post_attention_layernorm"),
                linears);
    }

    private static Norm norm(TextShape shape, WeightSource weights, String name) {
        return new Norm(weights.get(name + ".weight", shape.hidden()), shape.normEpsilon());
    }
}
