package org.espalier.model.llava;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import org.espalier.core.file.TextFile;

/**
 * In what the templates of LLaMA 3 differ that checkpoints come with. The template of a folder is not run: it is read for
 * these two.
 *
 * @param introduces whether a conversation without a system turn begins with the published one
 * @param trims whether white space around the text of a turn is left out
 */
record ChatTemplate(boolean introduces, boolean trims) {
    /** Of the model's first publication ({@code conv_llava_llama_3}), which serves where a folder has no template. */
    static final String INTRODUCTION =
            "You are a helpful language and vision assistant. You are able to understand the visual content that the user"
                    + " provides, and assist the user with a variety of tasks using natural language.";

    private static final List<String> FILES =
            List.of("chat_template.json", "processor_config.json", "tokenizer_config.json");

    /**
     * What the first template says that a folder has; those for pictures come before the tokenizer's own.
     *
     * @throws InputException if it is no template of LLaMA 3
     */
    static ChatTemplate in(Path folder) {
        Optional<String> template = text(folder);
        if (template.isPresent() && !template.get().contains("<|start_header_id|>")) {
            throw new InputException(folder + " has a chat template that is not LLaMA 3's (no <|start_header_id|>):"
                    + " Espalier runs LLaVA-NeXT with LLaMA 3.");
        }
        return template.map(found ->
                        new ChatTemplate(found.contains(INTRODUCTION), found.matches("(?s).*\\|\\s*trim\\b.*")))
                .orElse(new ChatTemplate(true, false));
    }

    private static Optional<String> text(Path folder) {
        Path alone = folder.resolve("chat_template.jinja");
        if (Files.exists(alone)) {
            return Optional.of(TextFile.read(alone));
        }
        return FILES.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .map(file -> JsonFile.read(file, "take the one that came with the checkpoint")
                        .path("chat_template")
                        .asString(""))
                .filter(found -> !found.isEmpty())
                .findFirst();
    }
}
