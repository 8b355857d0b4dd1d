package org.espalier.greenhouse.internal.tokenizer;

import java.util.List;

/** The tokens that Qwen2.5-VL adds to its words, in its order. */
final class SpecialTokens {
    /** Control tokens, left out when tokens are turned into text. */
    static final List<String> CONTROL = List.of(
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
            "<|video_pad|>");

    /** Tokens that are text like any other. */
    static final List<String> PLAIN = List.of(
            "<tool_call>",
            "</tool_call>",
            "<|fim_prefix|>",
            "<|fim_middle|>",
            "<|fim_suffix|>",
            "<|fim_pad|>",
            "<|repo_name|>",
            "<|file_sep|>");

    private SpecialTokens() {}
}
