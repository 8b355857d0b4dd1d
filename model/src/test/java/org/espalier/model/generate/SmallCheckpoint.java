package org.espalier.model.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.file.Json;
import org.espalier.model.chat.Tokenizer;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import tools.jackson.databind.node.ObjectNode;

/** A folder with the weights of the reference values and the small tokenizer, whose ids the configuration names. */
public final class SmallCheckpoint {
    private static final Path FIXTURES = Path.of(System.getProperty("espalier.root", ".."), "fixtures");
    public static final Path ORACLE = FIXTURES.resolve("qwen2_5_vl");
    public static final Path LLAVA = FIXTURES.resolve("llava_next");
    public static final int END = 348;

    private SmallCheckpoint() {}

    public static Path write(Path folder) {
        return write(
                folder,
                ORACLE,
                "tokenizer.json",
                config -> config.put("eos_token_id", END)
                        .put("image_token_id", 358)
                        .put("vision_start_token_id", 355)
                        .put("vision_end_token_id", 356));
    }

    /** Of the second family. */
    public static Path llava(Path folder) {
        return write(folder, LLAVA, "/org/espalier/model/llava/tokenizer.json", config -> {
            Tokenizer tokenizer = Tokenizer.load(folder);
            config.put("image_token_index", tokenizer.id("<image>"));
            ((ObjectNode) config.path("text_config")).put("eos_token_id", tokenizer.id("<|eot_id|>"));
        });
    }

    private static Path write(Path folder, Path oracle, String tokenizer, Consumer<ObjectNode> change) {
        try {
            for (String name : new String[] {"model.safetensors", "preprocessor_config.json"}) {
                Files.copy(oracle.resolve(name), folder.resolve(name));
            }
            try (InputStream in = Objects.requireNonNull(Tokenizer.class.getResourceAsStream(tokenizer))) {
                Files.copy(in, folder.resolve("tokenizer.json"));
            }
            ObjectNode config = (ObjectNode) Json.parse(Files.readString(oracle.resolve("config.json")));
            change.accept(config);
            Files.writeString(folder.resolve("config.json"), Json.page(config));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param change makes of a tensor, by its name, another */
    public static void rewrite(Path checkpoint, BiFunction<String, Tensor, Tensor> change) {
        Path file = checkpoint.resolve("model.safetensors");
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            try (SafetensorsFile open = SafetensorsFile.open(file)) {
                open.names().forEach(name -> tensors.put(name, change.apply(name, open.read(name))));
            }
            SafetensorsWriter.write(file, tensors);
        }
    }
}
