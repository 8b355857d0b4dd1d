package org.espalier.model.qwen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.DecoderLoader;
import org.espalier.model.decoder.Linear;
import org.espalier.model.decoder.Norm;
import org.espalier.model.decoder.WeightSource;

/** Puts a Qwen2.5-VL together from named weights, in either of the two styles of names on disk. */
final class QwenLoader {
    private static final double NORM_EPSILON = 1e-6;

    private final QwenConfig config;
    private final WeightSource weights;
    private final boolean nested;

    QwenLoader(QwenConfig config, WeightSource weights, Set<String> names) {
        this.config = config;
        this.weights = weights;
        this.nested = names.stream().anyMatch(name -> name.startsWith("model.language_model."));
    }

    Decoder decoder() {
        return DecoderLoader.load(
                config.text(), weights, nested ? "model.language_model." : "model.", "lm_head.weight");
    }

    VisionTower vision() {
        VisionShape shape = config.vision();
        String prefix = nested ? "model.visual." : "visual.";
        List<VisionBlock> blocks = new ArrayList<>();
        for (int i = 0; i < shape.depth(); i++) {
            blocks.add(block(shape, prefix + "blocks." + i + "."));
        }
        int merged = shape.hidden() * shape.merge() * shape.merge();
        Linear patches = new Linear(
                weights.get(prefix + "patch_embed.proj.weight", shape.hidden(), shape.patchNumbers()),
                java.util.Optional.empty());
        return new VisionTower(
                shape,
                patches,
                blocks,
                norm(shape, prefix + "merger.ln_q"),
                linear(prefix + "merger.mlp.0", merged, merged),
                linear(prefix + "merger.mlp.2", shape.output(), merged));
    }

    private VisionBlock block(VisionShape shape, String prefix) {
        return new VisionBlock(
                shape,
                norm(shape, prefix + "norm1"),
                linear(prefix + "attn.qkv", 3 * shape.hidden(), shape.hidden()),
                linear(prefix + "attn.proj", shape.hidden(), shape.hidden()),
                norm(shape, prefix + "norm2"),
                linear(prefix + "mlp.gate_proj", shape.feedForward(), shape.hidden()),
                linear(prefix + "mlp.up_proj", shape.feedForward(), shape.hidden()),
                linear(prefix + "mlp.down_proj", shape.hidden(), shape.feedForward()));
    }

    private Linear linear(String name, int outputs, int inputs) {
        return weights.linear(List.of(name), List.of(outputs), inputs, true);
    }

    private Norm norm(VisionShape shape, String name) {
        return new Norm(weights.get(name + ".weight", shape.hidden()), NORM_EPSILON);
    }
}
