package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    Path folder;

    @BeforeEach
    void writeShards() {
        shard(folder.resolve(FIRST), "a", 1);
        shard(folder.resolve(SECOND), "b", 2);
    }

    @Test
    void readsTensorsFromTheShardsThatHoldThem() throws IOException {
        index("{\"metadata\":{\"total_size\":8},\"weight_map\":{\"a\":\"" + FIRST + "\",\"b\":\"" + SECOND + "\"}}");
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                PointerScope scope = new PointerScope()) {
            assertThat(checkpoint.names()).containsExactly("a", "b");
            assertThat(checkpoint.info("b").shape()).containsExactly(1L);
            assertThat(Placement.CPU.floats(checkpoint.read("a"))).containsExactly(1);
            assertThat(Placement.CPU.floats(checkpoint.read("b"))).containsExactly(2);
            assertThatThrownBy(() -> checkpoint.read("c"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no tensor \"c\" in the checkpoint " + folder);
        }
    }

    @Test
    void prefersTheSingleFile() throws IOException {
        index("{\"weight_map\":{\"a\":\"" + FIRST + "\"}}");
        shard(folder.resolve(Checkpoint.SINGLE), "whole", 3);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).containsExactly("whole");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void followsALinkOfTheHubsCache() throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve("snapshots/1"));
        Files.createSymbolicLink(snapshot.resolve(FIRST), Path.of("../..", FIRST));
        Files.writeString(snapshot.resolve(Checkpoint.INDEX), "{\"weight_map\":{\"a\":\"" + FIRST + "\"}}");
        try (Checkpoint checkpoint = Checkpoint.open(snapshot)) {
            assertThat(checkpoint.names()).containsExactly("a");
        }
    }

    @Test
    void refusesAnIndexThatDoesNotFitItsShards() throws IOException {
        assertRefused("{\"weight_map\":{\"a\":\"gone.safetensors\"}}", "names the shard");
        assertRefused("{\"weight_map\":{\"b\":\"" + FIRST + "\"}}", "says that the tensor \"b\" is in");
        assertRefused("{\"weight_map\":{\"a\":7}}", "not the name of a file in the same folder");
        assertRefused("{\"weight_map\":{}}", "no weight_map");
        assertRefused("[]", "not a JSON object");
        assertRefused("{", "is not JSON");
    }

    @Test
    void refusesAnIndexThatLeavesTheFolder() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        for (String way : new String[] {"../" + FIRST, folder.resolve(FIRST).toString(), "..", "..\\\\x", "C:x", ""}) {
            Files.writeString(inside.resolve(Checkpoint.INDEX), "{\"weight_map\":{\"a\":\"" + way + "\"}}");
            assertThatThrownBy(() -> Checkpoint.open(inside).close())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("\"a\"")
                    .hasMessageContaining("not the name of a file in the same folder");
        }
    }

    @Test
    void refusesAFolderWithoutWeights() {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds neither model.safetensors nor model.safetensors.index.json");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("gone")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no folder");
    }

    private void assertRefused(String index, String sentence) throws IOException {
        index(index);
        assertThatThrownBy(() -> Checkpoint.open(folder).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder.resolve(Checkpoint.INDEX).toString())
                .hasMessageContaining(sentence);
    }

    private void index(String json) throws IOException {
        Files.writeString(folder.resolve(Checkpoint.INDEX), json);
    }

    private static void shard(Path file, String name, float value) {
        try (PointerScope scope = new PointerScope()) {
            SafetensorsWriter.write(file, Map.of(name, Placement.CPU.numbers(new float[] {value}, 1)));
        }
    }
}
