package org.espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.model.generate.SmallCheckpoint;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.lora.LoraSettings;
import org.espalier.picture.PictureSize;
import org.espalier.tensor.Device;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The small files of a model, changed at random from a seed: each can be used, or is refused in a sentence that names it. */
class ConfigFuzzTest {
    private static final Path FIXTURES = SmallCheckpoint.ORACLE.resolveSibling("");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "2",
            "7",
            "2147483647",
            "2147483648",
            "-9223372036854775809",
            "1e-320",
            "1e308",
            "1e999",
            "0.5",
            "\"\"",
            "\"x\"",
            "\"pissa\"",
            "\"\\ud800\"",
            "[]",
            "[null]",
            "[2147483647,2147483647,2]",
            "[[[]]]",
            "{}",
            "{\"type\":\"default\"}");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "preprocessor_config.json", "generation_config.json"})
    void aChangedFileOfAModelIsUsedOrRefused(String name) throws IOException {
        for (Path family : families()) {
            Path model = Files.createDirectory(folder.resolve(String.valueOf(family.getFileName())));
            for (String file : List.of("config.json", "preprocessor_config.json")) {
                Files.copy(family.resolve(file), model.resolve(file));
            }
            Files.writeString(
                    model.resolve("generation_config.json"),
                    "{\"do_sample\": true, \"temperature\": 0.5, \"top_p\": 0.9, \"top_k\": 20, \"eos_token_id\": [1, 2],"
                            + " \"repetition_penalty\": 1.05}");
            String sound = Files.readString(model.resolve(name));
            int refused = refused(sound, model.resolve(name), () -> {
                ModelFolder opened = ModelFolder.open(model);
                opened.images().tokens(new PictureSize(640, 480));
                opened.defaults();
            });
            assertThat(refused).as("%s of %s", name, family).isPositive();
        }
    }

    private static List<Path> families() throws IOException {
        try (Stream<Path> found = Files.list(FIXTURES)) {
            return found.filter(family -> Files.exists(family.resolve("config.json"))
                            && Files.exists(family.resolve("preprocessor_config.json")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aChangedConfigurationOfAnAdapterIsUsedOrRefused() throws IOException {
        Libtorch.load();
        var shape = ModelFolder.open(SmallCheckpoint.ORACLE).config();
        try (Adapter adapter = Adapter.fresh(new LoraSettings(4, 8, 0, List.of("q_proj")), shape, Placement.CPU, 3)) {
            AdapterFiles.write(adapter, folder, "a model");
        }
        Path file = folder.resolve("adapter_config.json");
        int refused = refused(
                Files.readString(file),
                file,
                () -> AdapterFiles.read(folder, shape, new Placement(Device.CPU, Placement.CPU.type()))
                        .close());
        assertThat(refused).isPositive();
    }

    /** Writes a file changed in many ways, and counts how often it is refused. */
    private static int refused(String sound, Path file, Runnable use) throws IOException {
        SplittableRandom random = new SplittableRandom(sound.length());
        int refused = 0;
        for (int round = 0; round < 200; round++) {
            JsonNode root = Json.parse(sound);
            for (int change = random.nextInt(2); change >= 0; change--) {
                change(root, random);
            }
            String broken = Json.line(root).replace("\uD800", "\\ud800");
            Files.writeString(file, broken);
            try {
                use.run();
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).as(broken).doesNotContain("\n");
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail("this " + file.getFileName() + ": " + broken, e);
            }
        }
        return refused;
    }

    private static void change(JsonNode root, SplittableRandom random) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        JsonNode value = Json.parse(VALUES.get(random.nextInt(VALUES.size())));
        int at = random.nextInt(holder.size());
        switch (holder) {
            case ObjectNode object -> {
                String name = List.copyOf(object.propertyNames()).get(at);
                if (random.nextInt(5) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> array.set(at, value);
            default -> {}
        }
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (!node.isEmpty()) {
            holders.add(node);
            node.forEach(inner -> collect(inner, holders));
        }
    }
}
