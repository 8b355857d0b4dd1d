package org.espalier.greenhouse.internal.tokenizer;

import java.util.List;

/**
 * The tokens that a family adds to its words, in its order, and what frames its conversations.
 *
 * @param control left out when tokens are turned into text
 * @param plain text like any other
 * @param beginning begins a text; one of {@code control}, as the two that follow
 * @param end ends an answer
 * @param textEnd ends a text
 * @param frames words around the texts of a conversation, to be tokens of their own
 * @param library the class that reads the tokenizer elsewhere
 */
public record SpecialTokens(
        List<String> control,
        List<String> plain,
        String beginning,
        String end,
        String textEnd,
        List<String> frames,
        String library) {
    public SpecialTokens {
        control = List.copyOf(control);
        plain = List.copyOf(plain);
        frames = List.copyOf(frames);
    }

    static final SpecialTokens QWEN = new SpecialTokens(
            List.of(
                    "<|endoftext|>",
                    "<|im_start|>",
                    "<|im_end|>",
                    "<|object_ref_start|>",
                    "<|object_ref_end|>",
                    "<|box_start|>",
                    "<|box_end|>",
                    "<|quad_start|>",
                    "<|quad_end|>",
                    "<|vision_start|>",
                    "<|vision_end|>",
                    "<|vision_pad|>",
                    "<|image_pad|>",
                    "<|video_pad|>"),
            List.of(
                    "<tool_call>",
                    "</tool_call>",
                    "<|fim_prefix|>",
                    "<|fim_middle|>",
                    "<|fim_suffix|>",
                    "<|fim_pad|>",
                    "<|repo_name|>",
                    "<|file_sep|>"),
            "<|endoftext|>",
            "<|im_end|>",
            "<|endoftext|>",
            List.of("system\nYou are a helpful assistant.", "user\n", "assistant\n"),
            "Qwen2Tokenizer");

    /** Those of LLaMA 3 that are used, and those that LLaVA-NeXT adds. */
    static final SpecialTokens LLAMA3 = new SpecialTokens(
            List.of(
                    "<|begin_of_text|>",
                    "<|end_of_text|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>",
                    "<|eot_id|>",
                    "<image>",
                    "<pad>"),
            List.of(),
            "<|begin_of_text|>",
            "<|eot_id|>",
            "<|end_of_text|>",
            List.of("system", "user", "assistant", "\n\n"),
            "PreTrainedTokenizerFast");
}
