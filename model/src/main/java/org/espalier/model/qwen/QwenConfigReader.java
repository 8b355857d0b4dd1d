package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import org.espalier.model.decoder.TextShape;
import tools.jackson.databind.JsonNode;

/** Reads {@code config.json} in the flat style of released checkpoints and the nested one of newer libraries. */
final class QwenConfigReader {
    private final Path file;
    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    QwenConfigReader(Path file) {
        this.file = file;
        this.root = JsonFile.read(file, "a model folder holds a config.json that describes the model");
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
                whole(anywhere("max_position_embeddings"), "max_position_embeddings", 32768));
        refuseOthers();
        report();
        check(text, vision);
        report();
        return config;
    }

    private void report() {
        if (!problems.isEmpty()) {
            throw new InputException(file + " cannot be used: " + String.join("; ", problems) + ".");
        }
    }

    /** What would change the arithmetic and is not computed here. */
    private void refuseOthers() {
        JsonNode rope = rope();
        String kind = rope.path("rope_type").asString(rope.path("type").asString("mrope"));
        require(
                List.of("mrope", "default").contains(kind),
                "positions of the type '" + kind + "' are not supported, only mrope");
        for (JsonNode part : List.of(root, root.path("text_config"), root.path("vision_config"))) {
            String activation = part.path("hidden_act").asString("silu");
            require(activation.equals("silu"), "hidden_act '" + activation + "' is not supported, only silu");
            require(!part.path("use_sliding_window").asBoolean(false), "use_sliding_window is not supported");
        }
        require(
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
        rope.path("mrope_section").forEach(node -> sections.add(whole(node, "a part of mrope_section", 0)));
        return new TextShape(
                positive("vocab_size"),
                hidden,
                positive("num_hidden_layers"),
                heads,
                positive("num_key_value_heads"),
                whole(anywhere("head_dim"), "head_dim", Math.max(1, hidden / heads)),
                positive("intermediate_size"),
                decimal("rms_norm_eps", anywhere("rms_norm_eps"), 1e-6),
                decimal("rope_theta", theta, 1e6),
                sections,
                true,
                flag("tie_word_embeddings"));
    }

    private VisionShape vision(int output) {
        JsonNode vision = root.path("vision_config");
        int patch = whole(vision.path("patch_size"), "vision patch_size", 14);
        int channels = whole(
                vision.has("in_channels") ? vision.path("in_channels") : vision.path("in_chans"), "in_channels", 3);
        int temporal = whole(vision.path("temporal_patch_size"), "temporal_patch_size", 2);
        require(vision.isMissingNode() || vision.isObject(), "vision_config is not an object");
        return new VisionShape(
                whole(vision.path("depth"), "vision depth", 32),
                whole(vision.path("hidden_size"), "vision hidden_size", 1280),
                whole(vision.path("num_heads"), "vision num_heads", 16),
                whole(vision.path("intermediate_size"), "vision intermediate_size", 3420),
                channels,
                temporal,
                patch,
                whole(vision.path("spatial_merge_size"), "spatial_merge_size", 2),
                whole(vision.path("window_size"), "window_size", 112),
                fullLayers(vision.path("fullatt_block_indexes")),
                whole(vision.path("out_hidden_size"), "out_hidden_size", output));
    }

    private Set<Integer> fullLayers(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Set.of(7, 15, 23, 31);
        }
        Set<Integer> full = new HashSet<>();
        node.forEach(layer -> full.add(layer.isInt() ? layer.asInt() : -1));
        require(
                node.isArray() && full.stream().allMatch(layer -> layer >= 0),
                "fullatt_block_indexes is not a list of layers");
        return full;
    }

    private void check(TextShape text, VisionShape vision) {
        require(text.headWidth() % 2 == 0, "head_dim " + text.headWidth() + " is odd");
        require(
                text.heads() % text.keyValueHeads() == 0,
                "num_attention_heads (" + text.heads() + ") must be divisible by num_key_value_heads ("
                        + text.keyValueHeads() + ")");
        long sum = text.mropeSections().stream().mapToLong(Integer::longValue).sum();
        require(
                text.mropeSections().size() == 3 && sum == text.headWidth() / 2,
                "mrope_section " + text.mropeSections() + " does not add up to half of head_dim, "
                        + text.headWidth() / 2);
        require(vision.hidden() % vision.heads() == 0, "vision hidden_size is not divisible by num_heads");
        require(vision.headWidth() % 4 == 0, "the vision tower's heads are not a multiple of 4 wide");
        require(vision.windowTokens() > 0, "window_size is smaller than a token");
        require(
                vision.output() == text.hidden(),
                "out_hidden_size (" + vision.output() + ") differs from hidden_size (" + text.hidden() + ")");
    }

    private JsonNode anywhere(String name) {
        JsonNode text = root.path("text_config");
        return text.has(name) ? text.path(name) : root.path(name);
    }

    private int token(String name, TextShape text) {
        JsonNode node = root.has(name) ? root.path(name) : anywhere(name);
        int id = node.isArray() && !node.isEmpty() ? node.get(0).asInt(-1) : node.asInt(-1);
        require(id >= 0 && id < text.vocabulary(), name + " is missing or not below vocab_size");
        return id;
    }

    private boolean flag(String name) {
        JsonNode node = anywhere(name);
        require(node.isMissingNode() || node.isNull() || node.isBoolean(), name + " is not true or false");
        return node.asBoolean(false);
    }

    private int positive(String name) {
        return whole(anywhere(name), name, 0);
    }

    private int whole(JsonNode node, String name, int otherwise) {
        boolean absent = node.isMissingNode() || node.isNull();
        int value = absent ? otherwise : node.isInt() ? node.asInt() : 0;
        require(value > 0, name + (absent ? " is missing" : " is not a whole number above 0"));
        return Math.max(1, value);
    }

    private double decimal(String name, JsonNode node, double otherwise) {
        double value = node.isMissingNode() || node.isNull() ? otherwise : node.asDouble(Double.NaN);
        require(value > 0 && Double.isFinite(value), name + " is not a number above 0");
        return value;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
