package org.espalier.greenhouse.internal.tokenizer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.Shipped;

/** Writes what a checkpoint folder holds besides weights: tokenizer, chat template, processor and model settings. */
public final class CheckpointFiles {
    /** Where a file that ships has a number by its name: a size, what follows from sizes, or the token of an id. */
    private static final Pattern NUMBER = Pattern.compile("\"\\$([^\"]+)\"");

    private CheckpointFiles() {}

    /** Writes the small files of a base model with this tokenizer and shape. */
    public static void write(Path folder, TokenizerFile tokens, BaseShape shape) {
        AtomicFile.write(folder.resolve("tokenizer.json"), tokens.json());
        AtomicFile.write(folder.resolve("tokenizer_config.json"), tokens.config(shape.chatTemplate()));
        // Processors do not look into the tokenizer's file.
        AtomicFile.write(
                folder.resolve("chat_template.json"),
                Json.page(Json.object().put("chat_template", shape.chatTemplate())));
        Map<String, Integer> numbers = numbers(tokens, shape);
        for (String file : shape.files()) {
            String shipped = Shipped.text(CheckpointFiles.class, shape.modelType() + "/" + file);
            String filled = NUMBER.matcher(shipped)
                    .replaceAll(name -> Objects.requireNonNull(numbers.get(name.group(1)), name.group())
                            .toString());
            AtomicFile.write(folder.resolve(file), Json.page(Json.parse(filled)));
        }
    }

    private static Map<String, Integer> numbers(TokenizerFile tokens, BaseShape shape) {
        Map<String, Integer> numbers = new HashMap<>(shape.derived());
        Json.tree(shape)
                .properties()
                .forEach(size -> numbers.put(size.getKey(), size.getValue().intValue()));
        shape.special().control().forEach(token -> numbers.put(token, tokens.id(token)));
        numbers.put("vocabulary", tokens.size());
        return numbers;
    }
}
