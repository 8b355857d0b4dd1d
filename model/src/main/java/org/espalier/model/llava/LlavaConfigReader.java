package org.espalier.model.llava;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.RopeFrequencies;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.family.ConfigFields;
import org.espalier.picture.PictureSize;
import tools.jackson.databind.JsonNode;

/** Reads {@code config.json}; what it is silent about is as transformers has it. */
final class LlavaConfigReader {
    private static final long MOST_PIXELS = 100_000_000;

    private final ConfigFields fields;
    private final JsonNode root;
    private final JsonNode text;
    private final JsonNode vision;
    /** Whether the file describes its tower; else it is the published one. */
    private final boolean described;

    LlavaConfigReader(Path file) {
        fields = new ConfigFields(file);
        root = fields.root();
        text = part("text_config");
        vision = part("vision_config");
        described = !ConfigFields.absent(root.path("vision_config"));
    }

    private JsonNode part(String name) {
        JsonNode part = root.path(name);
        fields.require(ConfigFields.absent(part) || part.isObject(), name + " is not an object");
        return part.isObject() ? part : Json.object();
    }

    LlavaConfig llava() {
        refuseOthers();
        TextShape shape = shape();
        ClipShape tower = tower();
        LlavaConfig config = new LlavaConfig(
                shape,
                tower,
                canvases(tower),
                layers(tower),
                fields.activation(root, "projector_hidden_act", Activation.GELU),
                fields.flag(root.path("multimodal_projector_bias"), "multimodal_projector_bias", true),
                end(shape),
                image(shape),
                fields.whole(text.path("max_position_embeddings"), "max_position_embeddings", 2048));
        fields.report();
        return config;
    }

    /** What would change the arithmetic and is not computed here. */
    private void refuseOthers() {
        kind(text, "language model", "llama");
        kind(vision, "vision tower", "clip_vision_model");
        String activation = fields.word(text.path("hidden_act"), "hidden_act", "silu");
        fields.require(activation.equals("silu"), "hidden_act '" + activation + "' is not supported, only silu");
        for (String bias : List.of("attention_bias", "mlp_bias")) {
            fields.require(!fields.flag(text.path(bias), bias, false), bias + " is not supported");
        }
        // The class token has no place in a canvas of tiles: the published code stops at it.
        String strategy =
                fields.word(root.path("vision_feature_select_strategy"), "vision_feature_select_strategy", "default");
        fields.require(
                strategy.equals("default"),
                "vision_feature_select_strategy '" + strategy + "' is not supported with a CLIP tower, only default");
        fields.require(
                !root.hasNonNull("quantization_config"),
                "quantized weights are not supported: take the checkpoint in bfloat16");
    }

    private void kind(JsonNode part, String what, String only) {
        String type = part.path("model_type").asString(only);
        fields.require(type.equals(only), "the " + what + " '" + type + "' is not supported, only " + only);
    }

    private TextShape shape() {
        int hidden = fields.whole(text.path("hidden_size"), "hidden_size", 4096);
        int heads = fields.whole(text.path("num_attention_heads"), "num_attention_heads", 32);
        int keyHeads = fields.whole(text.path("num_key_value_heads"), "num_key_value_heads", heads);
        int width = fields.whole(text.path("head_dim"), "head_dim", Math.max(1, hidden / heads));
        fields.require(width % 2 == 0, "head_dim " + width + " is odd");
        fields.require(
                heads % keyHeads == 0,
                "num_attention_heads (" + heads + ") must be divisible by num_key_value_heads (" + keyHeads + ")");
        JsonNode rope = text.path("rope_scaling").isObject() ? text.path("rope_scaling") : text.path("rope_parameters");
        return new TextShape(
                fields.whole(text.path("vocab_size"), "vocab_size", 32000),
                hidden,
                fields.layers(text.path("num_hidden_layers"), "num_hidden_layers", 32),
                heads,
                keyHeads,
                width,
                fields.whole(text.path("intermediate_size"), "intermediate_size", 11008),
                fields.decimal(text.path("rms_norm_eps"), "rms_norm_eps", 1e-6),
                new RopeFrequencies.RoundedAtEachStep(
                        fields.decimal(
                                rope.has("rope_theta") ? rope.path("rope_theta") : text.path("rope_theta"),
                                "rope_theta",
                                10_000),
                        scaling(rope)),
                List.of(),
                false,
                // Libraries differ in which of the two they read; the weights tell in the end.
                fields.flag(root.path("tie_word_embeddings"), "tie_word_embeddings", false)
                        || fields.flag(text.path("tie_word_embeddings"), "tie_word_embeddings", false));
    }

    private Optional<RopeFrequencies.Llama3> scaling(JsonNode rope) {
        String kind =
                fields.word(rope.path("rope_type"), "rope_type", fields.word(rope.path("type"), "type", "default"));
        String part = "partial_rotary_factor";
        double turned = fields.decimal(rope.path(part), part, fields.decimal(text.path(part), part, 1));
        fields.require(turned == 1, "partial_rotary_factor " + turned + " is not supported");
        if (!kind.equals("llama3")) {
            fields.require(
                    kind.equals("default"), "rope scaling '" + kind + "' is not supported, only default and llama3");
            return Optional.empty();
        }
        JsonNode original = rope.path("original_max_position_embeddings");
        double factor = fields.decimal(rope.path("factor"), "the factor of rope scaling llama3", Double.NaN);
        double low = fields.decimal(rope.path("low_freq_factor"), "low_freq_factor", Double.NaN);
        double high = fields.decimal(rope.path("high_freq_factor"), "high_freq_factor", Double.NaN);
        int positions = fields.whole(
                ConfigFields.absent(original) ? text.path("max_position_embeddings") : original,
                "original_max_position_embeddings",
                2048);
        try {
            return Optional.of(new RopeFrequencies.Llama3(factor, low, high, positions));
        } catch (IllegalArgumentException e) {
            fields.require(false, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private ClipShape tower() {
        int hidden = size("hidden_size", 768, 1024);
        int heads = size("num_attention_heads", 12, 16);
        int image = size("image_size", 224, 336);
        int patch = size("patch_size", 32, 14);
        fields.require(hidden % heads == 0, "vision hidden_size is not divisible by num_attention_heads");
        fields.require(patch <= image, "vision patch_size (" + patch + ") is larger than image_size (" + image + ")");
        fields.require(size("num_channels", 3, 3) == 3, "vision num_channels is not 3");
        return new ClipShape(
                fields.layers(vision.path("num_hidden_layers"), "vision num_hidden_layers", described ? 12 : 24),
                hidden,
                heads,
                size("intermediate_size", 3072, 4096),
                image,
                patch,
                fields.decimal(vision.path("layer_norm_eps"), "vision layer_norm_eps", 1e-5),
                fields.activation(vision, "hidden_act", Activation.QUICK_GELU));
    }

    private int size(String name, int otherwise, int published) {
        return fields.whole(vision.path(name), "vision " + name, described ? otherwise : published);
    }

    private List<PictureSize> canvases(ClipShape tower) {
        List<PictureSize> sizes =
                Pinpoints.read(root.path("image_grid_pinpoints")).orElse(List.of());
        fields.require(!sizes.isEmpty(), "image_grid_pinpoints is not a list of heights and widths");
        for (PictureSize size : sizes) {
            fields.require(
                    size.height() % tower.image() == 0 && size.width() % tower.image() == 0,
                    "image_grid_pinpoints: " + size + " is not made of tiles of " + tower.image() + " pixels");
            fields.require(
                    size.pixels() <= MOST_PIXELS, "image_grid_pinpoints: " + size + " is larger than any picture");
        }
        return sizes;
    }

    /** One layer, or several whose features stand beside each other; negative numbers count from the end. */
    private List<Integer> layers(ClipShape tower) {
        JsonNode given = root.path("vision_feature_layer");
        List<Integer> layers = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(layer -> layers.add(layer.asInt(Integer.MAX_VALUE)));
        } else {
            layers.add(ConfigFields.absent(given) ? -2 : given.asInt(Integer.MAX_VALUE));
        }
        layers.replaceAll(layer -> layer < 0 ? tower.depth() + 1 + layer : layer);
        fields.require(
                !layers.isEmpty() && layers.stream().allMatch(layer -> layer >= 0 && layer <= tower.depth()),
                "vision_feature_layer " + given + " names no layer of a tower of " + tower.depth());
        return layers;
    }

    private int end(TextShape shape) {
        JsonNode token = text.hasNonNull("eos_token_id") ? text.path("eos_token_id") : root.path("eos_token_id");
        return ConfigFields.absent(token) ? 2 : fields.token(token, "eos_token_id", shape.vocabulary());
    }

    private int image(TextShape shape) {
        String name = root.hasNonNull("image_token_id") ? "image_token_id" : "image_token_index";
        return fields.token(root.path(name), name, shape.vocabulary());
    }
}
