package org.espalier.model.qwen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.AskedWeights;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.DecoderLoader;
import org.espalier.model.decoder.LayerNorm;
import org.espalier.model.decoder.Linear;
import org.espalier.model.decoder.NamedLinear;
import org.espalier.model.decoder.Norm;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.WeightSource;

/** Puts a model together from named weights, in either of the two styles of names on disk. */
final class QwenLoader {
    private static final double NORM_EPSILON = 1e-6;
    private static final String HEAD = "lm_head.weight";

    private final QwenConfig config;
    private final Set<String> names;
    private final AskedWeights weights;
    private final boolean nested;

    QwenLoader(QwenConfig config, WeightSource weights, Set<String> names) {
        this.config = config;
        this.names = names;
        this.weights = new AskedWeights(weights);
        this.nested = names.stream().anyMatch(name -> name.startsWith("model.language_model."));
    }

    Decoder decoder() {
        TextShape shape = config.text();
        boolean tied = shape.tied() && !names.contains(HEAD);
        return DecoderLoader.load(shape.withTied(tied), weights, text(), HEAD);
    }

    private String text() {
        return nested ? "model.language_model." : "model.";
    }

    private String pictures() {
        return nested ? "model.visual." : "visual.";
    }

    /** Refuses layers that were not asked for. */
    void requireAllUsed() {
        weights.requireAllUsed(
                names, name -> name.startsWith(text() + "layers.") || name.startsWith(pictures() + "blocks."));
    }

    VisionTower vision() {
        VisionShape shape = config.vision();
        String prefix = pictures();
        List<VisionBlock> blocks = new ArrayList<>();
        for (int i = 0; i < shape.depth(); i++) {
            blocks.add(block(shape, prefix + "blocks." + i + "."));
        }
        Linear patches = new Linear(
                weights.convolution(
                        prefix + "patch_embed.proj.weight",
                        shape.hidden(),
                        shape.channels(),
                        shape.frames(),
                        shape.patch(),
                        shape.patch()),
                Optional.empty());
        return new VisionTower(
                shape,
                weights.placement(),
                patches,
                blocks,
                norm(shape, prefix + "merger.ln_q"),
                linear(prefix + "merger.mlp.0", shape.merged(), shape.merged()),
                linear(prefix + "merger.mlp.2", shape.output(), shape.merged()));
    }

    private VisionBlock block(VisionShape shape, String prefix) {
        return new VisionBlock(
                shape,
                norm(shape, prefix + "norm1"),
                linear(prefix + "attn.qkv", 3 * shape.hidden(), shape.hidden()),
                linear(prefix + "attn.proj", shape.hidden(), shape.hidden()),
                norm(shape, prefix + "norm2"),
                shape.gated() ? gated(shape, prefix + "mlp.") : plain(shape, prefix + "mlp."));
    }

    private VisionBlock.FeedForward gated(VisionShape shape, String prefix) {
        NamedLinear gate = linear(prefix + "gate_proj", shape.feedForward(), shape.hidden());
        NamedLinear up = linear(prefix + "up_proj", shape.feedForward(), shape.hidden());
        NamedLinear down = linear(prefix + "down_proj", shape.hidden(), shape.feedForward());
        return (x, deltas) -> down.of(shape.activation().of(gate.of(x, deltas)).mul(up.of(x, deltas)), deltas);
    }

    private VisionBlock.FeedForward plain(VisionShape shape, String prefix) {
        NamedLinear up = linear(prefix + "fc1", shape.feedForward(), shape.hidden());
        NamedLinear down = linear(prefix + "fc2", shape.hidden(), shape.feedForward());
        return (x, deltas) -> down.of(shape.activation().of(up.of(x, deltas)), deltas);
    }

    private NamedLinear linear(String name, int outputs, int inputs) {
        return new NamedLinear(
                List.of(config.names().ours(name)),
                List.of(outputs),
                weights.linear(List.of(name), List.of(outputs), inputs, true));
    }

    private UnaryOperator<Tensor> norm(VisionShape shape, String name) {
        Tensor weight = weights.get(name + ".weight", shape.hidden());
        return shape.gated()
                ? new Norm(weight, NORM_EPSILON)::of
                : new LayerNorm(weight, weights.get(name + ".bias", shape.hidden()), NORM_EPSILON)::of;
    }
}
