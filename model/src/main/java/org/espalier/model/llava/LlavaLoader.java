package org.espalier.model.llava;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espalier.model.decoder.AskedWeights;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.DecoderLoader;
import org.espalier.model.decoder.LayerNorm;
import org.espalier.model.decoder.Linear;
import org.espalier.model.decoder.NamedLinear;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.WeightSource;

/**
 * Puts a LLaVA-NeXT together from named weights. Released checkpoints and each version of the library have names of their
 * own for the same parts; where there are none yet, those of released checkpoints are taken, which every version reads.
 */
final class LlavaLoader {
    private static final String HEAD = "lm_head.weight";

    private final LlavaConfig config;
    private final Set<String> names;
    private final AskedWeights weights;
    private final String text;
    private final String vision;
    private final String projector;

    LlavaLoader(LlavaConfig config, WeightSource weights, Set<String> names) {
        this.config = config;
        this.names = names;
        this.weights = new AskedWeights(weights);
        text = before("embed_tokens.weight", "language_model.model.", "model.language_model.");
        vision = before(
                "pre_layrnorm.weight",
                "vision_tower.vision_model.",
                "vision_tower.",
                "model.vision_tower.vision_model.",
                "model.vision_tower.");
        projector = before("linear_1.weight", "multi_modal_projector.", "model.multi_modal_projector.");
    }

    /** What stands before the name of a tensor that every checkpoint has; the first where none has it. */
    private String before(String tensor, String... prefixes) {
        return List.of(prefixes).stream()
                .filter(prefix -> names.contains(prefix + tensor))
                .findFirst()
                .orElse(prefixes[0]);
    }

    LlavaModel model() {
        Decoder decoder = decoder();
        ClipTower tower = tower();
        LlavaModel model = new LlavaModel(
                config,
                decoder,
                tower,
                new Projector(
                        linear(
                                projector + "linear_1",
                                config.text().hidden(),
                                config.seenWidth(),
                                config.projectorBias()),
                        config.projector(),
                        linear(
                                projector + "linear_2",
                                config.text().hidden(),
                                config.text().hidden(),
                                config.projectorBias())),
                weights.get(
                        before("image_newline", "", "model.") + "image_newline",
                        config.text().hidden()));
        weights.requireAllUsed(
                names,
                name -> name.startsWith(text + "layers.")
                        || name.startsWith(projector)
                        || (name.startsWith(layer("")) && !behindTheFeatures(name)));
        return model;
    }

    private Decoder decoder() {
        String head = before(HEAD, "language_model.", "") + HEAD;
        TextShape shape = config.text();
        boolean tied = shape.tied() && !names.contains(head);
        return DecoderLoader.load(shape.withTied(tied), weights, text, head);
    }

    private String layer(Object number) {
        return vision + "encoder.layers." + number;
    }

    /** Whether a tensor is of a block of the tower that nobody looks at. */
    private boolean behindTheFeatures(String name) {
        for (int i = config.blocks(); i < config.vision().depth(); i++) {
            if (name.startsWith(layer(i) + ".")) {
                return true;
            }
        }
        return false;
    }

    private ClipTower tower() {
        ClipShape shape = config.vision();
        List<ClipBlock> blocks = new ArrayList<>();
        for (int i = 0; i < config.blocks(); i++) {
            blocks.add(block(shape, layer(i) + "."));
        }
        if (names.isEmpty()) {
            // Nobody looks through the tower's last norm, but a checkpoint that is made anew has it, so that it is
            // whole.
            norm(shape, vision + "post_layernorm");
        }
        return new ClipTower(
                shape,
                new Linear(
                        weights.convolution(
                                vision + "embeddings.patch_embedding.weight",
                                shape.hidden(),
                                3,
                                shape.patch(),
                                shape.patch()),
                        Optional.empty()),
                weights.get(vision + "embeddings.class_embedding", shape.hidden()),
                weights.get(
                        vision + "embeddings.position_embedding.weight",
                        1 + shape.side() * shape.side(),
                        shape.hidden()),
                norm(shape, vision + "pre_layrnorm"),
                blocks,
                config.layers());
    }

    private ClipBlock block(ClipShape shape, String prefix) {
        int hidden = shape.hidden();
        List<String> attended = List.of("q_proj", "k_proj", "v_proj").stream()
                .map(part -> prefix + "self_attn." + part)
                .toList();
        return new ClipBlock(
                shape,
                norm(shape, prefix + "layer_norm1"),
                linear(attended, List.of(hidden, hidden, hidden), hidden, true),
                linear(prefix + "self_attn.out_proj", hidden, hidden, true),
                norm(shape, prefix + "layer_norm2"),
                linear(prefix + "mlp.fc1", shape.feedForward(), hidden, true),
                linear(prefix + "mlp.fc2", hidden, shape.feedForward(), true));
    }

    private NamedLinear linear(String name, int outputs, int inputs, boolean bias) {
        return linear(List.of(name), List.of(outputs), inputs, bias);
    }

    private NamedLinear linear(List<String> parts, List<Integer> outputs, int inputs, boolean bias) {
        return new NamedLinear(
                parts.stream().map(config.names()::ours).toList(),
                outputs,
                weights.linear(parts, outputs, inputs, bias));
    }

    private LayerNorm norm(ClipShape shape, String name) {
        return new LayerNorm(
                weights.get(name + ".weight", shape.hidden()),
                weights.get(name + ".bias", shape.hidden()),
                shape.normEpsilon());
    }
}
