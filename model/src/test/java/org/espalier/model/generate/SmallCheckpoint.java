package org.espalier.model.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.espalier.core.file.Json;
import org.espalier.model.chat.Tokenizer;
import tools.jackson.databind.node.ObjectNode;

/** A folder with the weights of the reference values and the small tokenizer, whose ids the configuration names. */
public final class SmallCheckpoint {
    public static final Path ORACLE = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");
    public static final int END = 348;

    private SmallCheckpoint() {}

    public static Path write(Path folder) {
        try {
            for (String name : new String[] {"model.safetensors", "preprocessor_config.json"}) {
                Files.copy(ORACLE.resolve(name), folder.resolve(name));
            }
            try (InputStream in = Objects.requireNonNull(Tokenizer.class.getResourceAsStream("tokenizer.json"))) {
                Files.copy(in, folder.resolve("tokenizer.json"));
            }
            ObjectNode config = (ObjectNode) Json.parse(Files.readString(ORACLE.resolve("config.json")));
            config.put("eos_token_id", END).put("image_token_id", 358);
            config.put("vision_start_token_id", 355).put("vision_end_token_id", 356);
            Files.writeString(folder.resolve("config.json"), Json.page(config));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
