package org.espalier.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.model.ModelFolder;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.espalier.tensor.TensorInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the model computes of the fixture is computed once; what it is compared with changes from test to test: the fixture's
 * own values, whose norms the published code rounds to float32, and values that were computed in float64 all the way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleCheckTest {
    private static final Path FIXTURES = Path.of(System.getProperty("espalier.root", ".."), "fixtures");
    private static final Path FOLDER = FIXTURES.resolve("qwen2_5_vl");
    private static final String EXPECTED = "expected.safetensors";
    private static final String WEIGHT = "model.layers.1.mlp.down_proj.weight";

    @TempDir
    Path copy;

    private OracleCheck.Computed computed;

    @BeforeAll
    void compute() {
        try (OracleFile file = OracleFile.open(FOLDER)) {
            computed = OracleCheck.compute(ModelFolder.open(FOLDER), file, Device.CPU, Progress.SILENT);
        }
    }

    @Test
    void everyReferenceValueAgrees() {
        OracleReport report = reported(FOLDER);
        assertThat(report.unknown()).isEmpty();
        assertThat(report.lacking()).isEmpty();
        assertThat(report.groups())
                .hasSize(25)
                .allSatisfy(group -> assertThat(group.fault()).isEmpty())
                .allSatisfy(group -> assertThat(group.ofAllowed()).isLessThanOrEqualTo(group.exact() ? 0 : 1));
        assertThat(report.agrees()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava_next", "qwen2_vl"})
    void everyReferenceValueOfAnotherFamilyAgrees(String family) {
        OracleReport report = OracleCheck.check(FIXTURES.resolve(family), Device.CPU, Progress.SILENT);
        assertThat(report.unknown()).isEmpty();
        assertThat(report.lacking()).isEmpty();
        assertThat(report.groups())
                .hasSizeGreaterThanOrEqualTo(24)
                .allSatisfy(group -> assertThat(group.fault()).isEmpty());
        assertThat(report.agrees()).isTrue();
    }

    /**
     * As a tree and pairwise: losses of PEFT's all-linear adapter, and their gradients back through the vision side; of DoRA
     * those of the lengths too.
     */
    @ParameterizedTest
    @CsvSource({"qwen2_5_vl, vision", "qwen2_vl, vision", "llava_next, vision", "qwen2_vl, dora"})
    void anAdapterOfTheVisionSideAgrees(String family, String kind) throws IOException {
        Path folder = FIXTURES.resolve(family);
        for (Path from : List.of(folder, folder.resolve(kind))) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path adapter = Files.createDirectories(copy.resolve("adapter"));
        for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(folder.resolve(kind).resolve("adapter").resolve(name), adapter.resolve(name));
        }
        try (OracleFile file = OracleFile.open(copy)) {
            List<ComputedValue> exact = new OracleCheck(ModelFolder.open(copy), file)
                    .values(new Placement(Device.CPU, Dtype.F64), 0, Progress.SILENT);
            OracleReport report = new OracleCheck.Computed(exact, exact, file.given()).compare(file);
            assertThat(report.unknown()).isEmpty();
            assertThat(report.groups())
                    .filteredOn(group -> group.name().matches("(sft|srpo) .*"))
                    .hasSize(6)
                    .allSatisfy(group -> assertThat(group.fault()).isEmpty())
                    .allSatisfy(group -> assertThat(group.keys()).isGreaterThan(kind.equals("dora") ? 110 : 75));
        }
    }

    /** In float32 the last bits differ: what is compared was computed in float64. */
    @Test
    void tellsHowFarFloat32IsFromFloat64() {
        assertThat(reported(FOLDER).groups())
                .filteredOn(group -> !group.exact() && !group.name().startsWith("processor"))
                .hasSize(20)
                .allSatisfy(group -> assertThat(group.float32()).isBetween(1e-8, 1e-3));
    }

    @Test
    void knowsThatTheFixtureWasRoundedOnItsWay() {
        OracleReport.Rounded rounded = reported(FOLDER).rounded().orElseThrow();
        assertThat(rounded.of()).isEqualTo((17 + 24 + 80) * 512);
        assertThat(rounded.equal()).isBetween(1L, rounded.of() / 4);
    }

    @Test
    void holdsValuesThatWereNeverRoundedToTheStrictRule() throws IOException {
        exactly(tensors -> {});
        OracleReport report = reported(copy);
        assertThat(report.agrees()).isTrue();
        assertThat(report.rounded()).isEmpty();
        assertThat(report.groups())
                .allSatisfy(group -> assertThat(group.ofRule()).isLessThan(group.exact() ? 1e-9 : 0.7));
    }

    /** Twice what the strict rule allows, in one value in the middle of every key. */
    @Test
    void seesOneValueThatIsOffUnderAnyKey() throws IOException {
        exactly(tensors -> tensors.replaceAll((key, tensor) -> changed(tensor, 2e-6f, 2e-7f)));
        assertEveryKeyOff(group -> 0);
    }

    /** A thousandth of the greatest. */
    @Test
    void seesOneValueThatIsOffUnderAnyKeyOfTheFixture() throws IOException {
        Map<String, ComparedGroup> groups =
                reported(FOLDER).groups().stream().collect(Collectors.toMap(ComparedGroup::name, group -> group));
        rewrite(tensors -> tensors.replaceAll((key, tensor) -> changed(tensor, 0, 1e-3f)));
        assertEveryKeyOff(group -> Objects.requireNonNull(groups.get(group)).float32());
    }

    private void assertEveryKeyOff(ToDoubleFunction<String> distances) {
        try (OracleFile file = OracleFile.open(copy)) {
            // Less than a grey level is no difference in 8 bits, but one in the numbers that they become.
            for (ComputedValue value : computed.exact().stream()
                    .filter(value -> !value.group().equals("processor.8-bit"))
                    .toList()) {
                String fault = value.compare(file, distances).fault().orElse("");
                assertThat(fault).as(value.group() + " " + value.key()).startsWith(value.key() + ": value ");
            }
        }
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
        rewrite(tensors -> tensors.put(key, changed(found(tensors, key), 0, 1e-3f)));
        assertOff(key);
        exactly(tensors -> tensors.put(key, changed(found(tensors, key), 2e-6f, 2e-7f)));
        assertOff(key);
        assertThat(reported(copy).rounded()).isEmpty();
    }

    @Test
    void seesAGreyLevel() throws IOException {
        rewrite(tensors -> tensors.replaceAll((key, tensor) -> changed(tensor, 0, 0.01f)));
        assertThat(faults(reported(copy)))
                .filteredOn(fault -> fault.contains("pixel_values"))
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).matches(".*value \\d+ is \\d+, expected \\d+"));
    }

    @Test
    void aFaultOfFloat32AloneIsOneAndExcusesNothing() {
        try (OracleFile file = OracleFile.open(FOLDER)) {
            List<ComputedValue> wrong = new ArrayList<>(computed.exact());
            wrong.replaceAll(value -> value instanceof ComputedValue.Numbers numbers
                            && value.key().equals("case.text.logits")
                    ? halved(numbers)
                    : value);
            assertThat(faults(new Comparison(file, computed.exact(), wrong).report(computed.given())))
                    .contains("float32 is off from float64 by 5.0e-01 of the greatest magnitude");
            // The other way round it is float64 that is wrong.
            assertThat(faults(new Comparison(file, wrong, computed.exact()).report(computed.given())))
                    .anySatisfy(fault -> assertThat(fault).startsWith("case.text.logits: value "));
        }
    }

    private static ComputedValue halved(ComputedValue.Numbers numbers) {
        double[] half = Arrays.stream(numbers.values()).map(x -> x / 2).toArray();
        return new ComputedValue.Numbers(
                numbers.group(), numbers.key(), half, numbers.shape(), numbers.source(), numbers.reach());
    }

    @Test
    void aKeyNobodyKnowsIsAFailure() throws IOException {
        rewrite(tensors -> tensors.put("kto.loss", Placement.CPU.numbers(new float[] {1}, 1)));
        OracleReport report = reported(copy);
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

    @Test
    void wholeNumbersThatAreStoredAsOthersAreOff() throws IOException {
        rewrite(tensors -> {
            float[] values = Placement.CPU.floats(found(tensors, "case.text.greedy"));
            values[3] += 0.5f;
            tensors.put("case.text.greedy", Placement.CPU.numbers(values, values.length));
        });
        assertOff("case.text.greedy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"case.single.logits", "case.text.greedy", "processor.pixel_values.1", "adamw.losses", "orpo."})
    void aFileThatIsNotWholeIsAFailure(String beginning) throws IOException {
        rewrite(tensors -> tensors.keySet().removeIf(key -> key.startsWith(beginning)));
        OracleReport report = reported(copy);
        assertThat(report.agrees()).isFalse();
        assertThat(report.lacking())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).startsWith(beginning));
    }

    /** What is compared follows from the keys that there are, and what is computed from the file's tokens. */
    @Test
    void computesWhatTheFolderSays() throws IOException {
        rewrite(tensors -> {
            tensors.keySet().removeIf(key -> key.equals("adamw.losses") || key.equals("case.double.image_embeds"));
            tensors.put("case.text.input_ids", changed(found(tensors, "case.text.input_ids"), 0, 0));
            tensors.put("srpo.loss.k1.5_lambda2", Placement.CPU.numbers(new float[] {1}, 1));
            tensors.put("image_features.2", Placement.CPU.numbers(new float[9 * 64], 9, 64));
            // One row of positions, and a picture by itself, as a family that counts in one row stores them.
            tensors.put(
                    "case.text.position_ids",
                    Placement.CPU.indices(LongStream.range(0, 17).toArray(), 17));
            tensors.put("case.single.image_features.0", found(tensors, "case.single.image_embeds"));
        });
        OracleReport report = OracleCheck.check(copy, Device.CPU, Progress.SILENT);

        assertThat(report.unknown()).isEmpty();
        assertThat(report.lacking()).containsExactly("adamw.losses", "image_features.0", "image_features.1");
        assertThat(faults(report))
                .noneSatisfy(fault -> assertThat(fault).contains("position_ids"))
                .noneSatisfy(fault -> assertThat(fault).contains("case.single.image_features"))
                .hasSize(7)
                .anySatisfy(fault -> assertThat(fault).startsWith("image_features.2: value 0"))
                .anySatisfy(fault -> assertThat(fault).startsWith("case.text.hidden.0: value "))
                .anySatisfy(fault -> assertThat(fault).startsWith("case.text.logits: value "))
                .anySatisfy(fault -> assertThat(fault).startsWith("case.text.greedy: value "))
                .anySatisfy(fault -> assertThat(fault).startsWith("srpo.loss.k1.5_lambda2: value 0"));
    }

    /** A weight that is off by three ten thousandths is told; so much does no rounding do. */
    @Test
    void seesAWeightThatIsOff() throws IOException {
        rewrite(tensors -> {});
        rewrite(
                FOLDER.resolve("model.safetensors"),
                tensors -> tensors.put(WEIGHT, changed(found(tensors, WEIGHT), 3e-4f, 3e-4f)));
        OracleReport report = OracleCheck.check(copy, Device.CPU, Progress.SILENT);
        assertThat(report.agrees()).isFalse();
        assertThat(faults(report)).anySatisfy(fault -> assertThat(fault).contains(".hidden.2: value "));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 512, 1L << 40})
    void refusesTokensOutsideTheVocabulary(long token) throws IOException {
        rewrite(tensors -> {
            long[] ids = Placement.CPU.longs(found(tensors, "case.text.input_ids"));
            ids[2] = token;
            tensors.put("case.text.input_ids", Placement.CPU.indices(ids, ids.length));
        });
        assertThatThrownBy(() -> OracleCheck.check(copy, Device.CPU, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("case.text.input_ids holds " + token + ", which is not from 0 to 511");
    }

    @Test
    void refusesAQuestionWithATokenOutsideTheVocabulary() throws IOException {
        rewrite(tensors -> {});
        Path tree = copy.resolve("srpo_tree.json");
        Files.writeString(tree, Files.readString(tree).replace("116, 239", "116, 512"));
        assertThatThrownBy(() -> OracleCheck.check(copy, Device.CPU, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds the token 512, outside the vocabulary of 512");
    }

    @Test
    void aFolderWithoutTheQuestionCannotBeCompared() throws IOException {
        rewrite(tensors -> {});
        Files.delete(copy.resolve("srpo_tree.json"));
        assertThatThrownBy(() -> OracleCheck.check(copy, Device.CPU, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("srpo_tree.json");
    }

    private OracleReport reported(Path folder) {
        try (OracleFile file = OracleFile.open(folder)) {
            return computed.compare(file);
        }
    }

    private void assertOff(String key) {
        OracleReport report = reported(copy);
        assertThat(report.agrees()).isFalse();
        assertThat(faults(report))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).startsWith(key + ": "));
    }

    private static List<String> faults(OracleReport report) {
        return report.groups().stream().flatMap(group -> group.fault().stream()).toList();
    }

    private static Tensor found(Map<String, Tensor> tensors, String key) {
        return Objects.requireNonNull(tensors.get(key), key);
    }

    /** The value in the middle moves by one, or by shares of itself and of the greatest. */
    private static Tensor changed(Tensor tensor, float own, float ofGreatest) {
        TensorInfo info = TensorInfo.of(tensor);
        if (info.elements() == 0) {
            return tensor;
        }
        int middle = (int) info.elements() / 2;
        if (info.dtype() == Dtype.I64) {
            long[] values = Placement.CPU.longs(tensor);
            values[middle]++;
            return Placement.CPU.indices(values, info.dimensions());
        }
        float[] values = Placement.CPU.floats(tensor);
        float greatest = 0;
        for (float value : values) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        values[middle] += own * Math.abs(values[middle]) + ofGreatest * greatest;
        return Placement.CPU.numbers(values, info.dimensions());
    }

    /** A copy of the fixture whose reference values are those that were computed in float64. */
    private void exactly(Consumer<Map<String, Tensor>> change) throws IOException {
        rewrite(tensors -> {
            for (ComputedValue value : computed.exact()) {
                if (value instanceof ComputedValue.Numbers numbers) {
                    long[] shape = TensorInfo.of(found(tensors, value.key())).dimensions();
                    tensors.put(value.key(), Placement.CPU.numbers(numbers.values(), shape));
                }
            }
            change.accept(tensors);
        });
    }

    private void rewrite(Consumer<Map<String, Tensor>> change) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Path target = copy.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        rewrite(FOLDER.resolve(EXPECTED), change);
    }

    private void rewrite(Path original, Consumer<Map<String, Tensor>> change) {
        try (PointerScope scope = new PointerScope();
                SafetensorsFile file = SafetensorsFile.open(original)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            file.names().forEach(key -> tensors.put(key, Placement.CPU.stored(file, key)));
            change.accept(tensors);
            SafetensorsWriter.write(copy.resolve(FOLDER.relativize(original).toString()), tensors);
        }
    }
}
