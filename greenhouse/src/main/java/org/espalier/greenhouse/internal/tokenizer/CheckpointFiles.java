package org.espalier.greenhouse.internal.tokenizer;

import java.nio.file.Path;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a checkpoint folder holds besides weights: tokenizer, chat template, processor and model settings. */
public final class CheckpointFiles {
    private CheckpointFiles() {}

    /** Writes the small files of a base model with this tokenizer and shape. */
    public static void write(Path folder, TokenizerFile tokens, BaseShape shape) {
        AtomicFile.write(folder.resolve("tokenizer.json"), tokens.json());
        AtomicFile.write(folder.resolve("tokenizer_config.json"), tokens.config(shape.chatTemplate()));
        // Processors do not look into the tokenizer's file.
        AtomicFile.write(
                folder.resolve("chat_template.json"),
                Json.page(Json.object().put("chat_template", shape.chatTemplate())));
        AtomicFile.write(folder.resolve("generation_config.json"), generation(tokens, shape.special()));
        shape.files(tokens).forEach((name, text) -> AtomicFile.write(folder.resolve(name), text));
    }

    private static String generation(TokenizerFile tokens, SpecialTokens special) {
        ObjectNode root = Json.object();
        root.put("bos_token_id", tokens.id(special.beginning()));
        root.putArray("eos_token_id").add(tokens.id(special.end())).add(tokens.id(special.textEnd()));
        root.put("pad_token_id", tokens.id(special.textEnd()));
        root.put("do_sample", true).put("temperature", 0.5).put("top_p", 1.0).put("top_k", 0);
        return Json.page(root);
    }
}
