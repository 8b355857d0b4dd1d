package org.espalier.lab.memory;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
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
    private static final String QWEN_PREPROCESSOR = """
            {"image_processor_type": "Qwen2VLImageProcessor", "do_convert_rgb": true, "do_normalize": true,
             "do_rescale": true, "do_resize": true, "image_mean": [0.48145466, 0.4578275, 0.40821073],
             "image_std": [0.26862954, 0.26130258, 0.27577711], "min_pixels": 3136, "max_pixels": 12845056,
             "merge_size": 2, "patch_size": 14, "resample": 3, "rescale_factor": 0.00392156862745098,
             "temporal_patch_size": 2}
            """;

    /** As the folder of LLaVA-NeXT on LLaMA 3, 8 B, says it. */
    private static final String LLAVA_CONFIG = """
            {"model_type": "llava_next", "image_token_index": 128256, "projector_hidden_act": "gelu",
             "image_grid_pinpoints": [[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]],
             "vision_feature_layer": -2, "vision_feature_select_strategy": "default", "tie_word_embeddings": false,
             "text_config": {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336,
              "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128320,
              "rope_theta": 500000.0, "rms_norm_eps": 1e-05, "max_position_embeddings": 8192, "hidden_act": "silu",
              "tie_word_embeddings": false, "bos_token_id": 128000, "eos_token_id": 128001},
             "vision_config": {"model_type": "clip_vision_model", "hidden_size": 1024, "intermediate_size": 4096,
              "image_size": 336, "patch_size": 14, "num_hidden_layers": 24, "num_attention_heads": 16,
              "projection_dim": 768, "vocab_size": 32000, "hidden_act": "quick_gelu", "layer_norm_eps": 1e-05}}
            """;

    private static final String LLAVA_PREPROCESSOR = """
            {"image_processor_type": "LlavaNextImageProcessor", "do_resize": true, "size": {"shortest_edge": 336},
             "resample": 3, "do_center_crop": true, "crop_size": {"height": 336, "width": 336}, "do_rescale": true,
             "rescale_factor": 0.00392156862745098, "do_normalize": true, "do_convert_rgb": true, "do_pad": true,
             "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
             "image_grid_pinpoints": [[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]]}
            """;

    /** All that can be measured, the smallest first. */
    public static final List<CheckpointShape> ALL = List.of(
            qwen(Size.TINY, "tiny"),
            qwen(Size.SMALL, "small"),
            qwen(Size.THREE_BILLION, "qwen2.5-vl-3b"),
            qwen(Size.SEVEN_BILLION, "qwen2.5-vl-7b"),
            new CheckpointShape("llava-next-8b", Json.parse(LLAVA_CONFIG), Json.parse(LLAVA_PREPROCESSOR), Dtype.BF16));

    /** The one of that name. */
    public static CheckpointShape named(String name) {
        return ALL.stream()
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no shape '" + name + "': take "
                        + String.join(
                                ", ", ALL.stream().map(CheckpointShape::name).toList()) + "."));
    }

    private static CheckpointShape qwen(Size size, String name) {
        return new CheckpointShape(name, qwenConfig(size), Json.parse(QWEN_PREPROCESSOR), size.type());
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
