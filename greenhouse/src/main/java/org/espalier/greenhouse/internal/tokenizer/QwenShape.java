package org.espalier.greenhouse.internal.tokenizer;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sizes of a base model: Qwen2.5-VL in small, about a million numbers. Where a figure is not free it says why.
 *
 * @param layers decoder layers
 * @param width of the decoder; a multiple of {@code heads}
 * @param feedForward width inside a decoder layer
 * @param visionLayers the last one sees the whole picture, the others windows (of 112 pixels: also all of it)
 */
public record QwenShape(
        int layers,
        int width,
        int heads,
        int keyValueHeads,
        int feedForward,
        int visionLayers,
        int visionWidth,
        int visionHeads,
        int visionFeedForward)
        implements BaseShape {
    /** The shape that {@code greenhouse grow} makes. */
    public static final QwenShape DEFAULT = new QwenShape(3, 128, 4, 2, 256, 2, 96, 4, 192);

    /** The longest conversation: room for some twenty demonstrations. */
    static final int POSITIONS = 4096;

    private static final String SYSTEM = "You are a helpful assistant.";

    @Override
    public String modelType() {
        return "qwen2_5_vl";
    }

    @Override
    public String family() {
        return "Qwen2.5-VL";
    }

    @Override
    public int stepsAMinute() {
        return 75;
    }

    @Override
    public SpecialTokens special() {
        return SpecialTokens.QWEN;
    }

    @Override
    public SortedMap<String, String> files(TokenizerFile tokens) {
        return new TreeMap<>(Map.of("config.json", config(tokens), "preprocessor_config.json", processor()));
    }

    /** In the flat layout that Qwen2.5-VL was published with. */
    private String config(TokenizerFile tokens) {
        ObjectNode root = Json.object();
        root.putArray("architectures").add("Qwen2_5_VLForConditionalGeneration");
        root.put("model_type", "qwen2_5_vl").put("attention_dropout", 0.0);
        root.put("bos_token_id", tokens.id("<|endoftext|>")).put("eos_token_id", tokens.id("<|im_end|>"));
        root.put("vision_start_token_id", tokens.id("<|vision_start|>"));
        root.put("vision_end_token_id", tokens.id("<|vision_end|>"));
        root.put("vision_token_id", tokens.id("<|vision_pad|>"));
        root.put("image_token_id", tokens.id("<|image_pad|>"));
        root.put("video_token_id", tokens.id("<|video_pad|>"));
        root.put("hidden_act", "silu").put("hidden_size", width).put("initializer_range", 0.02);
        root.put("intermediate_size", feedForward).put("max_position_embeddings", POSITIONS);
        root.put("max_window_layers", layers).put("num_attention_heads", heads);
        root.put("num_hidden_layers", layers).put("num_key_value_heads", keyValueHeads);
        root.put("rms_norm_eps", 1e-6).put("rope_theta", 1_000_000.0);
        root.put("sliding_window", POSITIONS).put("use_sliding_window", false);
        root.put("tie_word_embeddings", true).put("torch_dtype", "float32").put("use_cache", true);
        root.put("vocab_size", tokens.size());
        // Time, height and width share half a head: a quarter, and three eighths each, as in the published models.
        int half = width / heads / 2;
        ObjectNode rope = root.putObject("rope_scaling").put("type", "mrope");
        rope.putArray("mrope_section").add(half / 4).add(half * 3 / 8).add(half * 3 / 8);
        vision(root.putObject("vision_config"));
        return Json.page(root);
    }

    private void vision(ObjectNode vision) {
        vision.put("depth", visionLayers).put("hidden_act", "silu").put("hidden_size", visionWidth);
        vision.put("intermediate_size", visionFeedForward).put("num_heads", visionHeads);
        vision.put("in_chans", 3).put("in_channels", 3).put("out_hidden_size", width);
        vision.put("patch_size", 14).put("spatial_merge_size", 2).put("spatial_patch_size", 14);
        vision.put("window_size", 112).put("tokens_per_second", 2).put("temporal_patch_size", 2);
        vision.putArray("fullatt_block_indexes").add(visionLayers - 1);
    }

    /** The published processor, but that a picture of 112 by 112 pixels stays as it is: 64 patches, 16 tokens. */
    private static String processor() {
        ObjectNode root = Json.object();
        root.put("do_convert_rgb", true)
                .put("do_normalize", true)
                .put("do_rescale", true)
                .put("do_resize", true);
        root.putArray("image_mean").add(0.48145466).add(0.4578275).add(0.40821073);
        root.putArray("image_std").add(0.26862954).add(0.26130258).add(0.27577711);
        root.put("image_processor_type", "Qwen2VLImageProcessor").put("processor_class", "Qwen2_5_VLProcessor");
        root.put("min_pixels", 112 * 112).put("max_pixels", 112 * 112);
        root.put("merge_size", 2).put("patch_size", 14).put("resample", 3);
        root.put("rescale_factor", 1.0 / 255).put("temporal_patch_size", 2);
        return Json.page(root);
    }

    /** ChatML: each turn between markers, pictures before the text, a default system turn. */
    @Override
    public String chatTemplate() {
        return "{% for message in messages %}"
                + "{% if loop.first and message['role'] != 'system' %}<|im_start|>system\n" + SYSTEM
                + "<|im_end|>\n{% endif %}"
                + "<|im_start|>{{ message['role'] }}\n"
                + "{% if message['content'] is string %}{{ message['content'] }}<|im_end|>\n"
                + "{% else %}{% for part in message['content'] %}"
                + "{% if part['type'] == 'image' or 'image' in part or 'image_url' in part %}"
                + "<|vision_start|><|image_pad|><|vision_end|>"
                + "{% elif 'text' in part %}{{ part['text'] }}{% endif %}"
                + "{% endfor %}<|im_end|>\n{% endif %}{% endfor %}"
                + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
    }
}
