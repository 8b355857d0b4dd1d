package org.espalier.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.ModelConfig;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AdapterFilesTest {
    private static final Path MODEL_FOLDER =
            Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    private static final ModelConfig MODEL = ModelFolder.open(MODEL_FOLDER).config();

    @TempDir
    Path folder;

    @BeforeAll
    static void loadLibtorch() {
        org.espalier.tensor.Libtorch.load();
    }

    /** Each was passed over, or taken for another number than the file says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"r\": 2.5 | must give r (a whole number above 0)",
                "\"r\": \"2\" | must give r (a whole number above 0)",
                "\"lora_alpha\": \"8\" | and lora_alpha (a number)",
                "\"rank_pattern\": [1] | rank_pattern is [1], which is no table",
                "\"alpha_pattern\": \"x\" | alpha_pattern is \"x\", which is no table",
                "\"use_rslora\": \"yes\" | use_rslora is \"yes\", not true or false",
                "\"use_dora\": 1 | use_dora is 1, not true or false",
                "\"layers_to_transform\": [99] | says that of all layers [99] are transformed",
                "\"layers_to_transform\": \"x\" | layers_to_transform holds \"x\", which is no layer",
                "\"layers_to_transform\": [-1] | layers_to_transform holds -1, which is no layer"
            })
    void aSettingOfAnotherKindIsRefused(String setting, String fault) throws IOException {
        write("q_proj").close();
        edit(text -> {
            ObjectNode config = (ObjectNode) Json.parse(text);
            config.setAll((ObjectNode) Json.parse("{" + setting + "}"));
            return Json.page(config);
        });
        refused(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"today's", "released checkpoints'"})
    void whatWasWrittenIsReadInBothWaysToCallModules(String names) {
        try (Adapter written = write("layers.1.self_attn.q_proj", "layers.0.mlp.up_proj", "visual.*fc1|.*qkv")) {
            if (!names.equals("today's")) {
                rename(key -> key.replace("model.language_model.", "model.").replace("model.visual.", "visual."));
            }
            isRead(written);
        }
    }

    private void isRead(Adapter written) {
        try (Adapter read = AdapterFiles.read(folder, MODEL, Placement.CPU)) {
            assertThat(read.config()).isEqualTo(written.config());
            assertThat(read.modules())
                    .containsExactlyInAnyOrderElementsOf(written.modules())
                    .contains("visual.blocks.0.attn.qkv");
            written.parameters()
                    .views()
                    .forEach((name, tensor) -> assertThat(Placement.CPU.floats(java.util.Objects.requireNonNull(
                                    read.parameters().views().get(name), name)))
                            .isEqualTo(Placement.CPU.floats(tensor)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"nothing.at.all\"; none of the tensors",
                "[\"q_proj\", \"k_proj\"]; names k_proj",
            })
    void aConfigurationWhoseTargetsHaveNoTensorIsRefused(String targets, String fault) throws IOException {
        write("q_proj").close();
        targets(targets);
        refused(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"[\"q_proj\"]", "\"all-linear\"", "\"^(?!.*visual).*\\\\.(q_proj)$\"", "[\"self_attn.q_proj\"]"})
    void targetsInPeftsWordsAreMet(String targets) throws IOException {
        write("q_proj").close();
        targets(targets);
        AdapterFiles.read(folder, MODEL, Placement.CPU).close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lm_head; adapts embeddings or the output head",
                "model.visual.patch_embed.proj; adapts a convolution",
                "model.visual.blocks.99.attn.qkv; match no layer of this model",
            })
    void whatIsNoLinearModuleOfTheModelIsNamedAsSuch(String module, String fault) {
        write("q_proj").close();
        rename(key -> key.replace("model.language_model.layers.0.self_attn.q_proj", module));
        refused(fault);
    }

    @Test
    void aStrangersTensorIsNamed() {
        write("q_proj").close();
        rename(key -> key.replace("layers.0.", "layers.99."));
        refused("match no layer of this model");
    }

    @Test
    void aTensorThatIsThereTwiceIsRefused() {
        write("q_proj").close();
        change(tensors -> {
            String key = tensors.keySet().iterator().next();
            tensors.put(
                    key.replace(".weight", ".default.weight"), tensors.get(key).clone());
        });
        refused("twice, the second time as ");
    }

    @ParameterizedTest
    @CsvSource({"pissa", "pissa_niter_16", "olora", "corda", "loftq", "lora_ga"})
    void anAdapterThatChangedItsBaseIsRefused(String start) throws IOException {
        write("q_proj").close();
        edit(json ->
                json.replaceFirst("\"init_lora_weights\"\\s*:\\s*true", "\"init_lora_weights\": \"" + start + "\""));
        refused("says init_lora_weights: \"" + start + "\", which changes the base model's own weights");
    }

    @Test
    void anAdapterThatBeganInAnotherPlainWayIsRead() throws IOException {
        write("q_proj").close();
        edit(json -> json.replaceFirst("\"init_lora_weights\"\\s*:\\s*true", "\"init_lora_weights\": \"gaussian\""));
        AdapterFiles.read(folder, MODEL, Placement.CPU).close();
    }

    @Test
    void targetsThatWouldBeMatchedForEverAreRefused() throws IOException {
        write("q_proj").close();
        targets("\"(([a-z0-9_.]+)+)+!\"");
        refused("takes too long");
    }

    @Test
    void halfAPairIsRefused() {
        write("q_proj").close();
        change(tensors -> tensors.keySet().removeIf(key -> key.contains("layers.0.") && key.contains("lora_B")));
        refused("but not layers.0.self_attn.q_proj.lora_B");
    }

    /** Merged, it would make a model of NaN without a word. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void anAdapterOfWhatIsNoNumberIsRefused(float value) {
        write("layers.0.self_attn.q_proj").close();
        change(tensors -> tensors.values().iterator().next().fill_(new Scalar(value)));
        refused("lora_");
        refused("holds values that are no numbers");
    }

    @Test
    void anotherRankIsRefused() throws IOException {
        write("q_proj").close();
        edit(json -> json.replaceFirst("\"r\"\\s*:\\s*4", "\"r\": 8"));
        refused("r = 8");
    }

    @Test
    void doraBeginsWithTheLengthsOfTheRowsAndIsReadAsItWasWritten() throws IOException {
        LoraSettings settings = new LoraSettings(4, 8, 0, List.of("q_proj", ".*visual.*qkv"));
        String module = "layers.0.self_attn.q_proj";
        try (Adapter written = Adapter.dora(settings, ModelFolder.open(MODEL_FOLDER), Placement.CPU, 3);
                Checkpoint checkpoint = Checkpoint.open(MODEL_FOLDER);
                PointerScope scope = new PointerScope()) {
            Tensor weight = checkpoint.read("model." + module + ".weight");
            Tensor merged = written.of(module).orElseThrow().merged(weight);
            assertThat(Placement.CPU.floats(merged)).containsExactly(Placement.CPU.floats(weight), within(1e-6f));
            AdapterFiles.write(written, folder, "a model");
            isRead(written);
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"))) {
            assertThat(file.names())
                    .contains("base_model.model.model.language_model." + module + ".lora_magnitude_vector");
        }
        edit(json -> json.replaceFirst("\"use_dora\"\\s*:\\s*true", "\"use_dora\": false"));
        refused("match no layer");
    }

    private Adapter write(String... targets) {
        Adapter adapter = Adapter.fresh(new LoraSettings(4, 8, 0, List.of(targets)), MODEL, Placement.CPU, 3);
        AdapterFiles.write(adapter, folder, "a model");
        return adapter;
    }

    private void refused(String fault) {
        assertThatThrownBy(() -> AdapterFiles.read(folder, MODEL, Placement.CPU).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(fault);
    }

    private void targets(String json) throws IOException {
        edit(words -> words.replaceFirst(
                "\"target_modules\"\\s*:\\s*\"[^\"]*\"",
                java.util.regex.Matcher.quoteReplacement("\"target_modules\": " + json)));
    }

    private void edit(UnaryOperator<String> change) throws IOException {
        Path config = folder.resolve("adapter_config.json");
        String before = Files.readString(config);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(config, after);
    }

    private void rename(UnaryOperator<String> name) {
        change(tensors -> {
            Map<String, Tensor> renamed = new LinkedHashMap<>();
            tensors.forEach((key, tensor) -> renamed.put(name.apply(key), tensor));
            tensors.clear();
            tensors.putAll(renamed);
        });
    }

    private void change(java.util.function.Consumer<Map<String, Tensor>> change) {
        Path file = folder.resolve("adapter_model.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope()) {
            try (SafetensorsFile open = SafetensorsFile.open(file)) {
                open.names().forEach(name -> tensors.put(name, open.read(name).clone()));
            }
            change.accept(tensors);
            SafetensorsWriter.write(file, tensors);
        }
    }
}
