package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    private static final Path FIXTURES = Path.of(System.getProperty("espalier.root"), "fixtures", "qwen2_5_vl");

    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasWritten() {
        Path file = folder.resolve("a.safetensors");
        try (PointerScope scope = new PointerScope()) {
            Tensor floats = Placement.CPU.numbers(new float[] {1, -2.5f, 3, 4, 5, 6}, 2, 3);
            SafetensorsWriter.write(
                    file,
                    Map.of(
                            "half", floats.to(ScalarType.Half),
                            "brain", floats.to(ScalarType.BFloat16),
                            "turned", floats.t(),
                            "ids", Placement.CPU.indices(new long[] {Long.MIN_VALUE, 7}, 2),
                            "one", Placement.CPU.numbers(new float[] {9}),
                            "none", Placement.CPU.numbers(new float[0], 0, 4)));
        }
        try (SafetensorsFile read = SafetensorsFile.open(file);
                PointerScope scope = new PointerScope()) {
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(read.names()).containsExactly("ids", "none", "one", "turned", "brain", "half");
            assertThat(read.info("turned")).isEqualTo(new TensorInfo(Dtype.F32, List.of(3L, 2L)));
            assertThat(Placement.CPU.floats(read.read("turned"))).containsExactly(1, 4, -2.5f, 5, 3, 6);
            assertThat(Placement.CPU.floats(read.read("half"))).containsExactly(1, -2.5f, 3, 4, 5, 6);
            assertThat(read.read("half").scalar_type().intern()).isEqualTo(ScalarType.Half);
            assertThat(Placement.CPU.floats(read.read("brain"))).containsExactly(1, -2.5f, 3, 4, 5, 6);
            assertThat(Placement.CPU.longs(read.read("ids"))).containsExactly(Long.MIN_VALUE, 7);
            assertThat(Placement.CPU.floats(read.read("one"))).containsExactly(9);
            assertThat(Placement.CPU.floats(read.read("none"))).isEmpty();
            assertThat(TensorInfo.of(read.read("none")).shape()).containsExactly(0L, 4L);
        }
    }

    @Test
    void opensTheOraclesFiles() {
        try (SafetensorsFile expected = SafetensorsFile.open(FIXTURES.resolve("expected.safetensors"));
                Checkpoint model = Checkpoint.open(FIXTURES);
                PointerScope scope = new PointerScope()) {
            assertThat(expected.names()).hasSize(304).contains("srpo.loss", "case.double.input_ids", "dpo.logps");
            assertThat(expected.info("case.double.input_ids").dtype()).isEqualTo(Dtype.I64);
            assertThat(Placement.CPU.longs(expected.read("case.double.greedy"))).hasSize(12);
            assertThat(model.names()).hasSize(93).contains("lm_head.weight");
            assertThat(TensorInfo.of(model.read("lm_head.weight"))).isEqualTo(model.info("lm_head.weight"));
        }
    }

    @Test
    void readsTheBitsOfHalfPrecisionAsTheyStand() throws IOException {
        Path file = SafetensorsBytes.write(
                folder.resolve("bits.safetensors"),
                "{\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                        + "\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
                // BF16 0x3FC0 = 1.5, 0x7F80 = infinity; F16 0x3E00 = 1.5, 0x0001 = 2^-24, the smallest above 0.
                new byte[] {(byte) 0xC0, 0x3F, (byte) 0x80, 0x7F, 0x00, 0x3E, 0x01, 0x00});
        try (SafetensorsFile read = SafetensorsFile.open(file);
                PointerScope scope = new PointerScope()) {
            assertThat(Placement.CPU.floats(read.read("b"))).containsExactly(1.5f, Float.POSITIVE_INFINITY);
            assertThat(Placement.CPU.floats(read.read("h"))).containsExactly(1.5f, 0x1p-24f);
        }
    }

    @Test
    void writesTheBytesOfTheReferenceImplementation() throws IOException {
        for (String name : List.of("model.safetensors", "expected.safetensors", "adapter/adapter_model.safetensors")) {
            Path reference = FIXTURES.resolve(name);
            Path copy = folder.resolve("copy.safetensors");
            try (SafetensorsFile read = SafetensorsFile.open(reference);
                    PointerScope scope = new PointerScope()) {
                Map<String, Tensor> tensors = new HashMap<>();
                read.names().forEach(key -> tensors.put(key, read.read(key)));
                SafetensorsWriter.write(copy, tensors, read.metadata());
            }
            assertThat(Files.mismatch(reference, copy)).as(name).isEqualTo(-1);
        }
    }

    @Test
    void keepsTensorsThatWereReadWhenTheFileCloses() {
        try (PointerScope scope = new PointerScope()) {
            Tensor loss;
            try (SafetensorsFile read = SafetensorsFile.open(FIXTURES.resolve("expected.safetensors"))) {
                loss = read.read("srpo.loss");
            }
            assertThat(Placement.CPU.floats(loss)).hasSize(1).doesNotContain(Float.NaN);
        }
    }

    @Test
    void refusesToWriteWhatTheFormatCannotName() {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> tensors = Map.of("__metadata__", Placement.CPU.numbers(new float[] {1}));
            assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("x.safetensors"), tensors))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("__metadata__");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // Windows moves nothing over a mapped file.
    void readsOnFromAFileThatIsReplacedWhileOpen() {
        Path file = folder.resolve("a.safetensors");
        try (PointerScope scope = new PointerScope()) {
            SafetensorsWriter.write(file, Map.of("w", Placement.CPU.numbers(new float[] {1}, 1)));
            try (SafetensorsFile old = SafetensorsFile.open(file)) {
                SafetensorsWriter.write(file, Map.of("w", Placement.CPU.numbers(new float[] {2}, 1)));
                assertThat(Placement.CPU.floats(old.read("w"))).containsExactly(1);
            }
            try (SafetensorsFile fresh = SafetensorsFile.open(file)) {
                assertThat(Placement.CPU.floats(fresh.read("w"))).containsExactly(2);
            }
        }
    }
}
