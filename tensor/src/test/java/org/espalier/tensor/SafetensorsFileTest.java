package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasWritten() {
        Path file = folder.resolve("a.safetensors");
        try (PointerScope scope = new PointerScope()) {
            Tensor floats = HostTensors.of(new float[] {1, -2.5f, 3, 4, 5, 6}, 2, 3);
            SafetensorsWriter.write(
                    file,
                    Map.of(
                            "half", floats.to(ScalarType.Half),
                            "brain", floats.to(ScalarType.BFloat16),
                            "turned", floats.t(),
                            "ids", HostTensors.of(new long[] {Long.MIN_VALUE, 7}, 2),
                            "one", HostTensors.of(new float[] {9}),
                            "none", HostTensors.of(new float[0], 0, 4)));
        }
        try (SafetensorsFile read = SafetensorsFile.open(file);
                PointerScope scope = new PointerScope()) {
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(read.names()).containsExactly("ids", "none", "one", "turned", "brain", "half");
            assertThat(read.info("turned")).isEqualTo(new TensorInfo(Dtype.F32, List.of(3L, 2L)));
            assertThat(HostTensors.floats(read.read("turned"))).containsExactly(1, 4, -2.5f, 5, 3, 6);
            assertThat(HostTensors.floats(read.read("half"))).containsExactly(1, -2.5f, 3, 4, 5, 6);
            assertThat(read.read("half").scalar_type().intern()).isEqualTo(ScalarType.Half);
            assertThat(HostTensors.floats(read.read("brain"))).containsExactly(1, -2.5f, 3, 4, 5, 6);
            assertThat(HostTensors.longs(read.read("ids"))).containsExactly(Long.MIN_VALUE, 7);
            assertThat(HostTensors.floats(read.read("one"))).containsExactly(9);
            assertThat(HostTensors.floats(read.read("none"))).isEmpty();
            assertThat(HostTensors.info(read.read("none")).shape()).containsExactly(0L, 4L);
        }
    }

    @Test
    void opensTheOraclesFiles() {
        Path fixtures = Path.of(System.getProperty("espalier.root"), "fixtures", "qwen2_5_vl");
        try (SafetensorsFile expected = SafetensorsFile.open(fixtures.resolve("expected.safetensors"));
                Checkpoint model = Checkpoint.open(fixtures);
                PointerScope scope = new PointerScope()) {
            assertThat(expected.names()).hasSize(304).contains("srpo.loss", "case.double.input_ids", "dpo.logps");
            assertThat(expected.info("case.double.input_ids").dtype()).isEqualTo(Dtype.I64);
            assertThat(HostTensors.longs(expected.read("case.double.greedy"))).hasSize(12);
            assertThat(model.names()).hasSize(93).contains("lm_head.weight");
            assertThat(HostTensors.info(model.read("lm_head.weight"))).isEqualTo(model.info("lm_head.weight"));
        }
    }
}
