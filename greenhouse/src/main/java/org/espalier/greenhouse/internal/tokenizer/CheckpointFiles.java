package org.espalier.greenhouse.internal.tokenizer;

import java.nio.file.Path;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a checkpoint folder holds besides weights: tokenizer, chat template, processor and model settings. */
public final class CheckpointFiles {
    private static final String SYSTEM = "You are a helpful assistant.";

    private CheckpointFiles() {}

    /** Writes the five small files of a base model with this tokenizer and shape. */
    public static void write(Path folder, TokenizerFile tokens, ModelShape shape) {
        AtomicFile.write(folder.resolve("tokenizer.json"), tokens.json());
        AtomicFile.write(folder.resolve("tokenizer_config.json"), tokens.config(chatTemplate()));
        AtomicFile.write(folder.resolve("generation_config.json"), generation(tokens));
        AtomicFile.write(folder.resolve("preprocessor_config.json"), processor());
        AtomicFile.write(folder.resolve("config.json"), shape.config(tokens));
    }

    /** ChatML: each turn between markers, pictures before the text, a default system turn. */
    private static String chatTemplate() {
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

    private static String generation(TokenizerFile tokens) {
        ObjectNode root = Json.object();
        root.put("bos_token_id", tokens.id("<|endoftext|>"));
        root.putArray("eos_token_id").add(tokens.id("<|im_end|>")).add(tokens.id("<|endoftext|>"));
        root.put("pad_token_id", tokens.id("<|endoftext|>"));
        root.put("do_sample", true).put("temperature", 0.5).put("top_p", 1.0).put("top_k", 0);
        return Json.page(root);
    }

    /** The published processor, but that a picture of 84 by 84 pixels stays as it is: 36 patches, 9 tokens. */
    private static String processor() {
        ObjectNode root = Json.object();
        root.put("do_convert_rgb", true)
                .put("do_normalize", true)
                .put("do_rescale", true)
                .put("do_resize", true);
        root.putArray("image_mean").add(0.48145466).add(0.4578275).add(0.40821073);
        root.putArray("image_std").add(0.26862954).add(0.26130258).add(0.27577711);
        root.put("image_processor_type", "Qwen2VLImageProcessor").put("processor_class", "Qwen2_5_VLProcessor");
        root.put("min_pixels", 84 * 84).put("max_pixels", 84 * 84);
        root.put("merge_size", 2).put("patch_size", 14).put("resample", 3);
        root.put("rescale_factor", 1.0 / 255).put("temporal_patch_size", 2);
        return Json.page(root);
    }
}
