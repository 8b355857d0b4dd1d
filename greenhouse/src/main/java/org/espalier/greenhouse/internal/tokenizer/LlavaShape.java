package org.espalier.greenhouse.internal.tokenizer;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sizes of a base model: LLaVA-NeXT with LLaMA 3 in small, about a million numbers.
 *
 * @param layers decoder layers
 * @param width of the decoder; a multiple of {@code heads}
 * @param feedForward width inside a decoder layer
 * @param visionLayers all of them are looked through: in so small a tower the last knows most
 * @param tile pixels per side; a picture of the greenhouse fills one, seen as a whole and once more on its canvas
 * @param patch pixels per side of what becomes one token: an object of the greenhouse is about as large
 */
public record LlavaShape(
        int layers,
        int width,
        int heads,
        int keyValueHeads,
        int feedForward,
        int visionLayers,
        int visionWidth,
        int visionHeads,
        int visionFeedForward,
        int tile,
        int patch)
        implements BaseShape {
    /** The shape that {@code greenhouse grow} makes. */
    public static final LlavaShape DEFAULT = new LlavaShape(3, 128, 4, 2, 256, 2, 96, 4, 192, 112, 28);

    @Override
    public String modelType() {
        return "llava_next";
    }

    @Override
    public String family() {
        return "LLaVA-NeXT";
    }

    @Override
    public int stepsAMinute() {
        return 70;
    }

    @Override
    public SpecialTokens special() {
        return SpecialTokens.LLAMA3;
    }

    @Override
    public SortedMap<String, String> files(TokenizerFile tokens) {
        return new TreeMap<>(Map.of(
                "config.json", config(tokens),
                "preprocessor_config.json", processor(),
                "processor_config.json", counting()));
    }

    /** What the Python library counts a picture's tokens by; the class token counts first and is taken off again. */
    private String counting() {
        ObjectNode root =
                Json.object().put("processor_class", "LlavaNextProcessor").put("image_token", "<image>");
        root.put("patch_size", patch).put("num_additional_image_tokens", 1);
        return Json.page(root.put("vision_feature_select_strategy", "default"));
    }

    private String config(TokenizerFile tokens) {
        ObjectNode root = Json.object();
        root.putArray("architectures").add("LlavaNextForConditionalGeneration");
        root.put("model_type", modelType()).put("ignore_index", -100);
        root.put("image_token_index", tokens.id("<image>")).put("projector_hidden_act", "gelu");
        root.put("vision_feature_layer", -1).put("vision_feature_select_strategy", "default");
        root.put("tie_word_embeddings", true).put("torch_dtype", "float32");
        canvases(root.putArray("image_grid_pinpoints"));
        ObjectNode text = root.putObject("text_config").put("model_type", "llama");
        text.put("bos_token_id", tokens.id(special().beginning()))
                .put("eos_token_id", tokens.id(special().end()));
        text.put("pad_token_id", tokens.id(special().textEnd())).put("hidden_act", "silu");
        text.put("hidden_size", width).put("intermediate_size", feedForward);
        text.put("max_position_embeddings", QwenShape.POSITIONS).put("num_attention_heads", heads);
        text.put("num_hidden_layers", layers).put("num_key_value_heads", keyValueHeads);
        text.put("rms_norm_eps", 1e-5).put("rope_theta", 500_000.0);
        text.put("tie_word_embeddings", true).put("vocab_size", tokens.size());
        ObjectNode vision = root.putObject("vision_config").put("model_type", "clip_vision_model");
        vision.put("hidden_act", "quick_gelu").put("hidden_size", visionWidth);
        vision.put("image_size", tile).put("intermediate_size", visionFeedForward);
        vision.put("num_attention_heads", visionHeads).put("num_hidden_layers", visionLayers);
        vision.put("patch_size", patch).put("projection_dim", visionWidth);
        return Json.page(root);
    }

    /** Canvases of one tile and of two, of which a picture of the greenhouse takes the first. */
    private void canvases(ArrayNode list) {
        list.addArray().add(tile).add(tile);
        list.addArray().add(tile).add(2 * tile);
        list.addArray().add(2 * tile).add(tile);
    }

    private String processor() {
        ObjectNode root = Json.object();
        root.put("image_processor_type", "LlavaNextImageProcessor").put("processor_class", "LlavaNextProcessor");
        root.put("do_convert_rgb", true).put("do_resize", true).put("do_center_crop", true);
        root.put("do_rescale", true).put("do_normalize", true).put("do_pad", true);
        root.putObject("size").put("shortest_edge", tile);
        root.putObject("crop_size").put("height", tile).put("width", tile);
        root.put("resample", 3).put("rescale_factor", 1.0 / 255);
        root.putArray("image_mean").add(0.48145466).add(0.4578275).add(0.40821073);
        root.putArray("image_std").add(0.26862954).add(0.26130258).add(0.27577711);
        canvases(root.putArray("image_grid_pinpoints"));
        return Json.page(root);
    }

    /** Pictures before the text, a line each; no introduction, which would cost a small model more than it says. */
    @Override
    public String chatTemplate() {
        return "{{ bos_token }}{% for message in messages %}"
                + "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' }}"
                + "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
                + "{% for part in message['content'] if part['type'] == 'image' %}{{ '<image>\n' }}{% endfor %}"
                + "{% for part in message['content'] if part['type'] == 'text' %}{{ part['text'] }}{% endfor %}"
                + "{% endif %}{{ '<|eot_id|>' }}{% endfor %}"
                + "{% if add_generation_prompt %}"
                + "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";
    }
}
