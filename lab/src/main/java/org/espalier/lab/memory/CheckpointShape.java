package org.espalier.lab.memory;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.file.Shipped;
import org.espalier.lab.model.Size;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.qwen.VisionShape;
import org.espalier.tensor.Dtype;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checkpoint's shape, as its small files say it.
 *
 * @param config its {@code config.json}
 * @param preprocessor its {@code preprocessor_config.json}
 * @param type of its weights
 */
public record CheckpointShape(String name, JsonNode config, JsonNode preprocessor, Dtype type) {
    /** All that can be measured, the smallest first. */
    public static final List<CheckpointShape> ALL = List.of(
            qwen(Size.TINY, "tiny"),
            qwen(Size.SMALL, "small"),
            qwen(Size.THREE_BILLION, "qwen2.5-vl-3b"),
            qwen(Size.SEVEN_BILLION, "qwen2.5-vl-7b"),
            new CheckpointShape(
                    "llava-next-8b", shipped("llava-config.json"), shipped("llava-preprocessor.json"), Dtype.BF16));

    /** The one of that name. */
    public static CheckpointShape named(String name) {
        return ALL.stream()
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no shape '" + name + "': take "
                        + String.join(
                                ", ", ALL.stream().map(CheckpointShape::name).toList()) + "."));
    }

    private static JsonNode shipped(String file) {
        return Json.parse(Shipped.text(CheckpointShape.class, file));
    }

    private static CheckpointShape qwen(Size size, String name) {
        return new CheckpointShape(name, qwenConfig(size), shipped("qwen-preprocessor.json"), size.type());
    }

    private static ObjectNode qwenConfig(Size size) {
        TextShape text = size.text();
        ObjectNode config = Json.object();
        config.put("model_type", "qwen2_5_vl").put("hidden_act", "silu");
        config.put("hidden_size", text.hidden()).put("intermediate_size", text.feedForward());
        config.put("num_hidden_layers", text.layers()).put("num_attention_heads", text.heads());
        config.put("num_key_value_heads", text.keyValueHeads()).put("vocab_size", text.vocabulary());
        config.put("rms_norm_eps", text.normEpsilon()).put("rope_theta", 1e6);
        config.put("max_position_embeddings", 128_000).put("use_sliding_window", false);
        config.put("tie_word_embeddings", text.tied());
        config.put("image_token_id", text.vocabulary() - 1).put("video_token_id", text.vocabulary() - 2);
        config.put("vision_end_token_id", text.vocabulary() - 3).put("vision_start_token_id", text.vocabulary() - 4);
        config.put("bos_token_id", text.vocabulary() - 6).put("eos_token_id", text.vocabulary() - 5);
        ObjectNode rope = config.putObject("rope_scaling").put("type", "mrope");
        text.mropeSections().forEach(rope.putArray("mrope_section")::add);
        config.set("vision_config", visionConfig(size.vision()));
        return config;
    }

    private static ObjectNode visionConfig(VisionShape vision) {
        ObjectNode config = Json.object();
        config.put("depth", vision.depth()).put("hidden_size", vision.hidden());
        config.put("intermediate_size", vision.feedForward()).put("num_heads", vision.heads());
        config.put("hidden_act", "silu").put("in_channels", vision.channels());
        config.put("out_hidden_size", vision.output()).put("patch_size", vision.patch());
        config.put("spatial_merge_size", vision.merge()).put("temporal_patch_size", vision.frames());
        config.put("window_size", vision.window()).put("tokens_per_second", 2);
        vision.fullLayers().stream().sorted().forEach(config.putArray("fullatt_block_indexes")::add);
        return config;
    }
}
