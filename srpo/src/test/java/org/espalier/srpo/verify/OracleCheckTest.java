package org.espalier.srpo.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.espalier.tensor.TensorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleCheckTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    @TempDir
    Path copy;

    @Test
    void everyReferenceValueAgrees() {
        OracleReport report = OracleCheck.check(FOLDER, Progress.SILENT);
        assertThat(report.unknown()).isEmpty();
        assertThat(report.groups())
                .hasSize(24)
                .allSatisfy(group -> assertThat(group.fault()).isEmpty());
        assertThat(report.agrees()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processor.pixel_values.1",
                "processor.grid_thw.2",
                "case.double.position_ids",
                "case.double.image_embeds",
                "case.single.hidden.2",
                "case.text.greedy",
                "sft.grad.base_model.model.model.language_model.layers.2.mlp.up_proj.lora_A.weight",
                "dpo.logps",
                "orpo.parts",
                "srpo.branch_logps",
                "srpo.loss.k2_lambda0.5",
                "srpo.paper.step_logps",
                "adamw.final.base_model.model.model.language_model.layers.0.self_attn.q_proj.lora_B.weight"
            })
    void namesTheGroupOfOneValueThatIsOff(String key) throws IOException {
        rewrite(tensors -> {
            Tensor wrong = tensors.get(key);
            if (wrong == null) {
                throw new IllegalStateException(key);
            }
            tensors.put(key, TensorInfo.of(wrong).dtype().name().equals("I64") ? longs(wrong) : floats(wrong));
        });
        OracleReport report = OracleCheck.check(copy, Progress.SILENT);
        assertThat(report.agrees()).isFalse();
        assertThat(report.groups())
                .filteredOn(group -> group.fault().isPresent())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.fault().orElseThrow()).contains(key));
    }

    @Test
    void aKeyNobodyKnowsIsAFailure() throws IOException {
        rewrite(tensors -> tensors.put("kto.loss", Placement.CPU.numbers(new float[] {1}, 1)));
        OracleReport report = OracleCheck.check(copy, Progress.SILENT);
        assertThat(report.unknown()).containsExactly("kto.loss");
        assertThat(report.agrees()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
    void aReferenceValueThatIsNotFiniteIsOff(float wrong) throws IOException {
        rewrite(tensors -> {
            float[] values = Placement.CPU.floats(found(tensors, "case.text.logits"));
            values[7] = wrong;
            tensors.put("case.text.logits", Placement.CPU.numbers(values, 17, values.length / 17));
        });
        assertOff("case.text.logits");
    }

    @Test
    void anotherShapeIsOff() throws IOException {
        rewrite(tensors -> {
            float[] values = Placement.CPU.floats(found(tensors, "case.double.hidden.1"));
            tensors.put("case.double.hidden.1", Placement.CPU.numbers(values, values.length / 80, 80));
        });
        assertOff("case.double.hidden.1");
    }

    private void assertOff(String key) {
        OracleReport report = OracleCheck.check(copy, Progress.SILENT);
        assertThat(report.agrees()).isFalse();
        assertThat(report.groups())
                .filteredOn(group -> group.fault().isPresent())
                .singleElement()
                .satisfies(group -> assertThat(group.fault().orElseThrow()).startsWith(key));
    }

    private static Tensor found(Map<String, Tensor> tensors, String key) {
        return java.util.Objects.requireNonNull(tensors.get(key), key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"case.single.logits", "case.text.greedy", "processor.pixel_values.1", "adamw.losses", "orpo."})
    void aFileThatIsNotWholeIsAFailure(String beginning) throws IOException {
        rewrite(tensors -> tensors.keySet().removeIf(key -> key.startsWith(beginning)));
        OracleReport report = OracleCheck.check(copy, Progress.SILENT);
        assertThat(report.agrees()).isFalse();
        assertThat(report.lacking())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).startsWith(beginning.substring(0, 4)));
    }

    @Test
    void aFolderWithoutTheQuestionCannotBeCompared() throws IOException {
        rewrite(tensors -> {});
        Files.delete(copy.resolve("srpo_tree.json"));
        assertThatThrownBy(() -> OracleCheck.check(copy, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("srpo_tree.json");
    }

    private static Tensor longs(Tensor tensor) {
        long[] values = Placement.CPU.longs(tensor);
        values[values.length - 1]++;
        return Placement.CPU.indices(values, TensorInfo.of(tensor).dimensions());
    }

    /** The value in the middle moves by a thousandth of the greatest. */
    private static Tensor floats(Tensor tensor) {
        float[] values = Placement.CPU.floats(tensor);
        float scale = 0;
        for (float value : values) {
            scale = Math.max(scale, Math.abs(value));
        }
        values[values.length / 2] += scale / 1000;
        return Placement.CPU.numbers(values, TensorInfo.of(tensor).dimensions());
    }

    private void rewrite(java.util.function.Consumer<Map<String, Tensor>> change) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Path target = copy.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        try (PointerScope scope = new PointerScope();
                SafetensorsFile file = SafetensorsFile.open(FOLDER.resolve("expected.safetensors"))) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            file.names().forEach(name -> tensors.put(name, Placement.CPU.stored(file, name)));
            change.accept(tensors);
            SafetensorsWriter.write(copy.resolve("expected.safetensors"), tensors);
        }
    }
}
