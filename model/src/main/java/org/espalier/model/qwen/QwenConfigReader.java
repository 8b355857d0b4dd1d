package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.RopeFrequencies;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.family.ConfigFields;
import tools.jackson.databind.JsonNode;

/** Reads {@code config.json} in the flat style of released checkpoints and the nested one of newer libraries. */
final class QwenConfigReader {
    private final QwenFamily family;
    private final ConfigFields fields;
    private final JsonNode root;

    QwenConfigReader(Path file, QwenFamily family) {
        this.family = family;
        this.fields = new ConfigFields(file);
        this.root = fields.root();
    }

    QwenConfig qwen() {
        TextShape text = text();
        VisionShape vision = vision(text.hidden());
        QwenConfig config = new QwenConfig(
                text,
                vision,
                token("eos_token_id", text),
                token("image_token_id", text),
                token("vision_start_token_id", text),
                fields.whole(anywhere("max_position_embeddings"), "max_position_embeddings", 32768));
        refuseOthers();
        fields.report();
        check(text, vision);
        fields.report();
        return config;
    }

    /** What would change the arithmetic and is not computed here. */
    private void refuseOthers() {
        JsonNode rope = rope();
        String kind = fields.word(rope.path("rope_type"), "rope_type", fields.word(rope.path("type"), "type", "mrope"));
        fields.require(
                List.of("mrope", "default").contains(kind),
                "positions of the type '" + kind + "' are not supported, only mrope");
        List<JsonNode> parts = family.gated()
                ? List.of(root, root.path("text_config"), root.path("vision_config"))
                : List.of(root, root.path("text_config"));
        for (JsonNode part : parts) {
            String activation = fields.word(part.path("hidden_act"), "hidden_act", "silu");
            fields.require(activation.equals("silu"), "hidden_act '" + activation + "' is not supported, only silu");
            fields.require(
                    !fields.flag(part.path("use_sliding_window"), "use_sliding_window", false),
                    "use_sliding_window is not supported");
        }
        fields.require(
                !root.hasNonNull("quantization_config"),
                "quantized weights are not supported: take the checkpoint in bfloat16");
    }

    private JsonNode rope() {
        return anywhere("rope_scaling").isObject() ? anywhere("rope_scaling") : anywhere("rope_parameters");
    }

    private TextShape text() {
        int hidden = positive("hidden_size");
        int heads = positive("num_attention_heads");
        JsonNode rope = rope();
        JsonNode theta = rope.has("rope_theta") ? rope.path("rope_theta") : anywhere("rope_theta");
        List<Integer> sections = new ArrayList<>();
        rope.path("mrope_section").forEach(node -> sections.add(fields.whole(node, "a part of mrope_section", 0)));
        return new TextShape(
                positive("vocab_size"),
                hidden,
                fields.layers(anywhere("num_hidden_layers"), "num_hidden_layers", 0),
                heads,
                positive("num_key_value_heads"),
                fields.whole(anywhere("head_dim"), "head_dim", Math.max(1, hidden / heads)),
                positive("intermediate_size"),
                fields.decimal(anywhere("rms_norm_eps"), "rms_norm_eps", 1e-6),
                frequencies(fields.decimal(theta, "rope_theta", 1e6)),
                sections,
                true,
                // Libraries differ in which of the two they read; the weights tell in the end.
                fields.flag(root.path("tie_word_embeddings"), "tie_word_embeddings", false)
                        || fields.flag(anywhere("tie_word_embeddings"), "tie_word_embeddings", false));
    }

    private VisionShape vision(int output) {
        JsonNode vision = root.path("vision_config");
        int patch = fields.whole(vision.path("patch_size"), "vision patch_size", 14);
        int channels = fields.whole(
                vision.has("in_channels") ? vision.path("in_channels") : vision.path("in_chans"), "in_channels", 3);
        int temporal = fields.whole(vision.path("temporal_patch_size"), "temporal_patch_size", 2);
        fields.require(vision.isMissingNode() || vision.isObject(), "vision_config is not an object");
        int depth = fields.layers(vision.path("depth"), "vision depth", 32);
        int hidden = family.gated()
                ? fields.whole(vision.path("hidden_size"), "vision hidden_size", 1280)
                : fields.whole(vision.path("embed_dim"), "vision embed_dim", 1280);
        return new VisionShape(
                depth,
                hidden,
                fields.whole(vision.path("num_heads"), "vision num_heads", 16),
                family.gated()
                        ? fields.whole(vision.path("intermediate_size"), "vision intermediate_size", 3420)
                        : (int) (hidden * fields.decimal(vision.path("mlp_ratio"), "mlp_ratio", 4)),
                channels,
                temporal,
                patch,
                fields.whole(vision.path("spatial_merge_size"), "spatial_merge_size", 2),
                family.gated() ? fields.whole(vision.path("window_size"), "window_size", 112) : Integer.MAX_VALUE,
                family.gated()
                        ? fullLayers(vision.path("fullatt_block_indexes"))
                        : IntStream.range(0, depth).boxed().collect(Collectors.toSet()),
                family.gated()
                        ? fields.whole(vision.path("out_hidden_size"), "out_hidden_size", output)
                        : fields.whole(vision.path("hidden_size"), "vision hidden_size", output),
                family.gated(),
                family.gated() ? Activation.SILU : fields.activation(vision, "hidden_act", Activation.QUICK_GELU),
                frequencies(10_000));
    }

    private RopeFrequencies frequencies(double theta) {
        return family.gated()
                ? new RopeFrequencies.RoundedOnce(theta)
                : new RopeFrequencies.RoundedAtEachStep(theta, Optional.empty());
    }

    private Set<Integer> fullLayers(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Set.of(7, 15, 23, 31);
        }
        Set<Integer> full = new HashSet<>();
        node.forEach(layer -> full.add(layer.isInt() ? layer.asInt() : -1));
        fields.require(
                node.isArray() && full.stream().allMatch(layer -> layer >= 0),
                "fullatt_block_indexes is not a list of layers");
        return full;
    }

    private void check(TextShape text, VisionShape vision) {
        fields.require(text.headWidth() % 2 == 0, "head_dim " + text.headWidth() + " is odd");
        fields.require(
                text.heads() % text.keyValueHeads() == 0,
                "num_attention_heads (" + text.heads() + ") must be divisible by num_key_value_heads ("
                        + text.keyValueHeads() + ")");
        long sum = text.mropeSections().stream().mapToLong(Integer::longValue).sum();
        fields.require(
                text.mropeSections().size() == 3 && sum == text.headWidth() / 2,
                "mrope_section " + text.mropeSections() + " does not add up to half of head_dim, "
                        + text.headWidth() / 2);
        fields.require(vision.hidden() % vision.heads() == 0, "vision hidden_size is not divisible by num_heads");
        fields.require(vision.headWidth() % 4 == 0, "the vision tower's heads are not a multiple of 4 wide");
        fields.require(vision.windowTokens() > 0, "window_size is smaller than a token");
        fields.require(
                vision.output() == text.hidden(),
                "the width of the vision side's tokens (" + vision.output() + ") differs from hidden_size ("
                        + text.hidden() + ")");
    }

    private JsonNode anywhere(String name) {
        JsonNode text = root.path("text_config");
        return text.has(name) ? text.path(name) : root.path(name);
    }

    private int token(String name, TextShape text) {
        return fields.token(root.has(name) ? root.path(name) : anywhere(name), name, text.vocabulary());
    }

    private int positive(String name) {
        return fields.whole(anywhere(name), name, 0);
    }
}
