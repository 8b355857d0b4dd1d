package org.espalier.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Json;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Device;
import org.espalier.tensor.Placement;
import org.espalier.tensor.PlacementChoice;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adapters with all that PEFT's LoRA may bring are the same beside the model and in its weights, over a text and a picture.
 * That merged models give PEFT's own logits is tried with PEFT itself ({@code perf/interop/adapters.py}).
 */
class ForeignAdapterTest {
    private static final Path FIXTURES = Path.of(System.getProperty("espalier.root", ".."), "fixtures");

    private static final PlacementChoice STORED = new PlacementChoice(Device.CPU, Optional.empty());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"qwen2_5_vl", "qwen2_vl", "llava_next"})
    void everythingAtOnceIsTheSameBesideAndMerged(String family) throws IOException {
        Path model = FIXTURES.resolve(family);
        write(model, "all-linear", module -> true, List.of());
        same(model);
    }

    @Test
    void whereSomeModulesOfAProductAreAdaptedTheOthersStay() throws IOException {
        Path model = FIXTURES.resolve("llava_next");
        write(model, "[\"q_proj\", \"v_proj\", \"fc1\"]", module -> module.matches(".*(q_proj|v_proj|fc1)"), List.of());
        same(model);
    }

    @Test
    void aBiasOfBIsAddedWhereALayerHasOneAndElseNotMerged() throws IOException {
        Path model = FIXTURES.resolve("qwen2_vl");
        write(model, "[\"qkv\"]", module -> module.endsWith("qkv"), List.of());
        shift();
        same(model);
        write(model, "[\"o_proj\"]", module -> module.endsWith("o_proj"), List.of());
        shift();
        assertThatThrownBy(() -> AdapterMerge.plan(model, folder.resolve("adapter"), folder.resolve("other")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("shifts 3 modules, of which only 0 have a bias");
    }

    private void shift() throws IOException {
        edit(tensors -> List.copyOf(tensors.keySet()).stream()
                .filter(key -> key.endsWith("lora_B.weight"))
                .forEach(key -> tensors.put(
                        key.replace(".weight", ".bias"), random(tensors.get(key).size(0)))));
        Path config = folder.resolve("adapter/adapter_config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"use_dora\"", "\"lora_bias\": true, \"use_dora\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lm_head.weight", "embed_tokens.weight", "norm.weight"})
    void wholeTensorsTakeThePlacesOfTheModelsOwn(String saved) throws IOException {
        Path model = FIXTURES.resolve("qwen2_vl");
        write(model, "[\"q_proj\"]", module -> module.endsWith("q_proj"), List.of(saved));
        same(model);
        assertThatThrownBy(() -> AdapterFiles.read(
                                folder.resolve("adapter"),
                                ModelFolder.open(model).config(),
                                Placement.CPU)
                        .close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("brings whole modules (modules_to_save: " + saved);
    }

    @Test
    void aTiedModelWhoseHeadIsAnotherHasTwo() throws IOException {
        Path model = tied();
        write(model, "[\"q_proj\"]", module -> module.endsWith("q_proj"), List.of("lm_head.weight"));
        same(model);
        ModelFolder merged = ModelFolder.open(folder.resolve("merged"));
        assertThat(merged.config().text().tied()).isFalse();
        assertThat(merged.inventory().tensors()).containsKey("lm_head.weight");
    }

    @Test
    void aTensorThatTheModelHasNotIsRefused() throws IOException {
        Path model = FIXTURES.resolve("qwen2_vl");
        write(model, "[\"q_proj\"]", module -> module.endsWith("q_proj"), List.of("norm.weight"));
        edit(tensors -> tensors.put("base_model.model.model.other.weight", tensors.remove(saved("norm.weight"))));
        assertThatThrownBy(() -> AdapterMerge.plan(model, folder.resolve("adapter"), folder.resolve("merged")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("takes the place of a tensor that this model has not");
    }

    @Test
    void aMergeTakesNothingFromOutsideAndRemovesNothingOfOthers() throws IOException {
        Path model = tied();
        write(model, "[\"q_proj\"]", module -> module.endsWith("q_proj"), List.of());
        Path theirs = Files.createDirectories(folder.resolve(".merged.part"));
        Files.writeString(theirs.resolve("kept"), "of another program");
        AdapterMerge.write(model, folder.resolve("adapter"), folder.resolve("merged"), Progress.SILENT);
        assertThat(theirs.resolve("kept")).exists();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("tied", "adapter", "merged", ".merged.part");
        }

        Path secret = Files.writeString(folder.resolve("secret"), "mine");
        Files.createSymbolicLink(model.resolve("notes.txt"), secret);
        assertThatThrownBy(() ->
                        AdapterMerge.write(model, folder.resolve("adapter"), folder.resolve("again"), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("notes.txt is a link that leads out of its folder");
        assertThat(folder.resolve("again")).doesNotExist();
    }

    private Path tied() throws IOException {
        Path model = Files.createDirectories(folder.resolve("tied"));
        Path from = FIXTURES.resolve("qwen2_vl");
        for (String name : List.of("preprocessor_config.json", "image_0.png")) {
            Files.copy(from.resolve(name), model.resolve(name));
        }
        ObjectNode config = (ObjectNode) Json.parse(Files.readString(from.resolve("config.json")));
        Files.writeString(model.resolve("config.json"), Json.page(config.put("tie_word_embeddings", true)));
        try (PointerScope scope = new PointerScope();
                Checkpoint checkpoint = Checkpoint.open(from)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            checkpoint.names().stream()
                    .filter(name -> !name.equals("lm_head.weight"))
                    .forEach(name -> tensors.put(name, checkpoint.read(name)));
            SafetensorsWriter.write(model.resolve(Checkpoint.SINGLE), tensors);
        }
        return model;
    }

    private static String saved(String ours) {
        return "base_model.model." + (ours.startsWith("lm_head") ? ours : "model.language_model." + ours);
    }

    /** DoRA, rank_pattern, alpha_pattern and rsLoRA; random values. */
    private void write(Path model, String targets, Predicate<String> adapted, List<String> whole) throws IOException {
        ModelFolder opened = ModelFolder.open(model);
        org.espalier.tensor.Libtorch.load();
        try (PointerScope scope = new PointerScope();
                Checkpoint checkpoint = Checkpoint.open(model)) {
            torch.manual_seed(5);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            opened.config().linearModules().stream()
                    .filter(module -> adapted.test(module.name()))
                    .forEach(module -> {
                        int rank = module.name().endsWith("q_proj") ? 2 : 3;
                        String key =
                                "base_model.model." + opened.config().names().current(module.name());
                        tensors.put(key + ".lora_A.weight", random(rank, module.inputs()));
                        tensors.put(key + ".lora_B.weight", random(module.outputs(), rank));
                        tensors.put(
                                key + ".lora_magnitude_vector",
                                random(module.outputs()).abs().add(new Scalar(0.5)));
                    });
            for (String name : whole) {
                String own =
                        name.equals("lm_head.weight") && !checkpoint.names().contains(name)
                                ? "model.embed_tokens.weight"
                                : name.startsWith("lm_head") ? name : "model." + name;
                Tensor stored = checkpoint.read(own);
                tensors.put(saved(name), stored.add(torch.randn_like(stored), new Scalar(0.1)));
            }
            Path adapter = Files.createDirectories(folder.resolve("adapter"));
            SafetensorsWriter.write(adapter.resolve("adapter_model.safetensors"), tensors);
            Files.writeString(adapter.resolve("adapter_config.json"), """
                    {"peft_type": "LORA", "r": 3, "lora_alpha": 6, "use_dora": true, "use_rslora": true,
                     "rank_pattern": {".*\\\\.1\\\\..*q_proj": 7, "q_proj": 2}, "alpha_pattern": {".*\\\\.1\\\\..*": 5, "v_proj": 4},
                     "target_modules": %s}
                    """.formatted(
                            targets.startsWith("[") ? targets : "\"" + targets + "\""));
        }
    }

    private static Tensor random(long... shape) {
        return torch.randn(shape).mul(new Scalar(0.3));
    }

    private void edit(java.util.function.Consumer<Map<String, Tensor>> change) {
        Path file = folder.resolve("adapter/adapter_model.safetensors");
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            try (SafetensorsFile open = SafetensorsFile.open(file)) {
                open.names().forEach(name -> tensors.put(name, open.read(name).clone()));
            }
            change.accept(tensors);
            SafetensorsWriter.write(file, tensors);
        }
    }

    private void same(Path model) {
        Path adapter = folder.resolve("adapter");
        AdapterMerge.write(model, adapter, folder.resolve("merged"), Progress.SILENT);
        try (LoadedModel base = LoadedModel.open(ModelFolder.open(model), Placement.CPU);
                LoadedModel merged = LoadedModel.open(ModelFolder.open(folder.resolve("merged")), Placement.CPU);
                AdapterFiles.Opened beside = AdapterFiles.open(ModelFolder.open(model), adapter, STORED)) {
            PictureInput picture = base.folder().picture(model.resolve("image_0.png"));
            float[] plain = logits(base.model(), picture, Deltas.NONE);
            float[] in = logits(merged.model(), picture, Deltas.NONE);
            float[] with = logits(beside.loaded().model(), picture, beside.adapter());
            for (int i = 0; i < in.length; i++) {
                assertThat(with[i]).isCloseTo(in[i], within(1e-3f + 1e-3f * Math.abs(in[i])));
            }
            assertThat(distance(in, plain)).isGreaterThan(0.1);
        }
    }

    private static double distance(float[] a, float[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    private static float[] logits(VisionLanguageModel model, PictureInput picture, Deltas deltas) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            int[] ids = new int[picture.tokens() + 6];
            Arrays.fill(ids, model.config().imageToken());
            int[] words = {5, 7, 11, 13, 17, 19};
            System.arraycopy(words, 0, ids, 0, 3);
            System.arraycopy(words, 3, ids, ids.length - 3, 3);
            long[] row = new long[ids.length];
            Arrays.setAll(row, i -> i);
            Tensor hidden = model.decoder()
                    .forward(
                            model.embed(ids, Optional.of(model.pictureFeatures(List.of(picture), deltas))),
                            Rope.of(model.decoder().shape(), new long[][] {row, row, row}, model.placement()),
                            new CausalSequences(1, model.placement().attention()),
                            deltas);
            return model.placement().floats(hidden.mm(model.decoder().head().t()));
        }
    }
}
