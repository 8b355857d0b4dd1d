package org.espalier.model.lora;

import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;

/**
 * The conversation template as processors of the published library want it: in a file of its own. Where a checkpoint has it
 * in its tokenizer's file alone, the library's processor has none.
 */
final class ProcessorTemplate {
    private static final String FIELD = "chat_template";

    private ProcessorTemplate() {}

    /** Writes the file where the folder has none and the tokenizer knows a template. */
    static void complete(Path folder) {
        Path tokenizer = folder.resolve("tokenizer_config.json");
        Path template = folder.resolve("chat_template.json");
        if (Files.exists(template) || Files.exists(folder.resolve("chat_template.jinja")) || !Files.exists(tokenizer)) {
            return;
        }
        String found = JsonFile.read(tokenizer, "take the one that came with the checkpoint")
                .path(FIELD)
                .asString("");
        if (!found.isEmpty()) {
            AtomicFile.write(template, Json.page(Json.object().put(FIELD, found)));
        }
    }
}
