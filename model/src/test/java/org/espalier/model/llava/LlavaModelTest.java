package org.espalier.model.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.lora.AdapterMerge;
import org.espalier.picture.RgbPicture;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The forward pass beside the reference values; {@code model verify} compares every key. */
class LlavaModelTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "llava_next");

    @TempDir
    Path copy;

    @ParameterizedTest
    @ValueSource(strings = {"text", "wide", "tall"})
    void seesAndReadsAsTheReferenceDoes(String name) {
        agrees(FOLDER, name);
    }

    /** The first style is that of the fixture; each tensor of a model is found by any of them. */
    @ParameterizedTest
    @CsvSource({
        "language_model.model., language_model., vision_tower.vision_model., ''",
        "model.language_model., '', model.vision_tower.vision_model., model.",
        "model.language_model., '', model.vision_tower., model.",
        "model.language_model., language_model., vision_tower., ''",
    })
    void readsTheNamesOfAllLibraries(String text, String head, String vision, String rest) throws IOException {
        rename(name -> {
            if (name.startsWith("language_model.model.")) {
                return text + name.substring("language_model.model.".length());
            }
            if (name.startsWith("vision_tower.")) {
                return vision + name.substring("vision_tower.".length());
            }
            return name.startsWith("language_model.") ? head + "lm_head.weight" : rest + name;
        });
        agrees(copy, "wide");
    }

    @Test
    void aHeadThatIsSaidToBeTiedIsTheEmbeddingUnlessThereIsOne() throws IOException {
        Files.writeString(
                copy.resolve("config.json"),
                Files.readString(FOLDER.resolve("config.json"))
                        .replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));
        rename(name -> name);
        agrees(copy, "text");

        rename(name -> name.contains("lm_head") ? "" : name);
        try (LoadedModel loaded = LoadedModel.open(ModelFolder.open(copy), Placement.CPU);
                SafetensorsFile stored = SafetensorsFile.open(copy.resolve("model.safetensors"))) {
            assertThat(Placement.CPU.floats(loaded.decoder().head()))
                    .isEqualTo(stored.floats("language_model.model.embed_tokens.weight"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "image_newline, image_newline",
        "multi_modal_projector.linear_2.bias, multi_modal_projector.linear_2.bias",
        "vision_tower.encoder.layers.2.mlp.fc1.weight, vision_tower.encoder.layers.2.mlp.fc1.weight",
        "language_model.lm_head.weight, lm_head.weight",
    })
    void aMissingTensorIsNamed(String missing, String named) throws IOException {
        rename(name -> name.equals(missing) ? "" : name);
        assertThatThrownBy(() -> LoadedModel.open(ModelFolder.open(copy), Placement.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(named);
    }

    /** The last block of the tower is not looked at: whether it is there does not matter. */
    @Test
    void whatNobodyLooksAtMayBeMissing() throws IOException {
        rename(name -> name.contains("encoder.layers.3.") || name.contains("post_layernorm") ? "" : name);
        agrees(copy, "tall");
    }

    @ParameterizedTest
    @CsvSource({
        "text_config, num_hidden_layers, 2, language_model.model.layers.2.",
        "vision_config, num_hidden_layers, 3, vision_tower.encoder.layers.3.",
        "'', multimodal_projector_bias, false, multi_modal_projector.linear_1.bias",
    })
    void aTensorThatNobodyAsksForIsRefused(String part, String field, String value, String named) throws IOException {
        ObjectNode root = (ObjectNode) JsonFile.read(FOLDER.resolve("config.json"), "a fixture");
        ((ObjectNode) (part.isEmpty() ? root : root.path(part))).set(field, Json.parse(value));
        Files.writeString(copy.resolve("config.json"), Json.page(root));
        rename(name -> name);
        assertThatThrownBy(() -> LoadedModel.open(ModelFolder.open(copy), Placement.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds the tensor " + named)
                .hasMessageContaining("which its config.json does not ask for");
    }

    @Test
    void refusesAPromptThatWasMadeForOtherPictures() {
        try (LoadedModel loaded = LoadedModel.open(ModelFolder.open(FOLDER), Placement.CPU)) {
            PictureInput picture = loaded.folder().picture(FOLDER.resolve("image_2.png"));
            int[] prompt = new int[60];
            Arrays.fill(prompt, 3, 3 + picture.tokens(), 511);
            assertThat(loaded.model().positions(prompt, List.of(picture)).next())
                    .isEqualTo(60);
            assertThatThrownBy(() -> loaded.model().positions(prompt, List.of(picture, picture)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("places for 52 tokens of pictures, but its 2 pictures take 104");
        }
    }

    /** Very long and thin pictures cover no row of patches: what is left of them is the whole in one tile. */
    @Test
    void aPictureThatCoversNothingOfItsCanvasIsSeenInOneTile() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                LoadedModel loaded = LoadedModel.open(ModelFolder.open(FOLDER), Placement.CPU)) {
            PictureInput thin = loaded.folder().images().process(new RgbPicture(600, 1, new byte[1800]));
            assertThat(thin.tokens()).isEqualTo(16);
            assertThat(loaded.model().pictureFeatures(List.of(thin)).size(0)).isEqualTo(16);
        }
    }

    @Test
    void anAdapterInTheWeightsIsTheSameAsBesideThem(@TempDir Path out) {
        Path adapters = FOLDER.resolve("adapter");
        assertThat(AdapterMerge.write(FOLDER, adapters, out.resolve("merged"), Progress.SILENT))
                .isEqualTo(21);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                SafetensorsFile expected = SafetensorsFile.open(FOLDER.resolve("expected.safetensors"));
                LoadedModel base = LoadedModel.open(ModelFolder.open(FOLDER), Placement.CPU);
                LoadedModel merged = LoadedModel.open(ModelFolder.open(out.resolve("merged")), Placement.CPU);
                Adapter adapter = AdapterFiles.read(adapters, base.config(), Placement.CPU)) {
            int[] ids = ids(expected, "case.text.");
            float[] beside = Placement.CPU.floats(hidden(base.model(), ids, List.of(), adapter));
            close(hidden(merged.model(), ids, List.of(), Deltas.NONE), beside);
            assertThat(beside).isNotEqualTo(Placement.CPU.floats(hidden(base.model(), ids, List.of(), Deltas.NONE)));
        }
    }

    private void rename(UnaryOperator<String> name) throws IOException {
        for (String file : List.of("config.json", "preprocessor_config.json")) {
            if (!Files.exists(copy.resolve(file))) {
                Files.copy(FOLDER.resolve(file), copy.resolve(file));
            }
        }
        try (PointerScope scope = new PointerScope();
                SafetensorsFile file = SafetensorsFile.open(FOLDER.resolve("model.safetensors"))) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            file.names().forEach(old -> tensors.put(name.apply(old), Placement.CPU.stored(file, old)));
            tensors.remove("");
            SafetensorsWriter.write(copy.resolve("model.safetensors"), tensors);
        }
    }

    private static void agrees(Path folder, String name) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                SafetensorsFile expected = SafetensorsFile.open(FOLDER.resolve("expected.safetensors"));
                LoadedModel loaded = LoadedModel.open(ModelFolder.open(folder), Placement.CPU)) {
            VisionLanguageModel model = loaded.model();
            String prefix = "case." + name + ".";
            List<PictureInput> pictures = new ArrayList<>();
            for (long number : expected.longs(prefix + "images")) {
                pictures.add(loaded.folder().picture(FOLDER.resolve("image_" + number + ".png")));
                close(model.pictureFeatures(pictures), expected.floats("image_features." + number));
            }
            Tensor hidden = hidden(model, ids(expected, prefix), pictures, Deltas.NONE);
            close(hidden, expected.floats(prefix + "hidden.3"));
            close(hidden.matmul(model.decoder().head().t()), expected.floats(prefix + "logits"));
        }
    }

    private static int[] ids(SafetensorsFile expected, String prefix) {
        return Arrays.stream(expected.longs(prefix + "input_ids"))
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static Tensor hidden(VisionLanguageModel model, int[] ids, List<PictureInput> pictures, Deltas deltas) {
        Optional<Tensor> seen = pictures.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(pictures));
        PromptPositions positions = model.positions(ids, pictures);
        return model.decoder()
                .forward(
                        model.embed(ids, seen),
                        Rope.of(model.decoder().shape(), positions.rows(), Placement.CPU),
                        new CausalSequences(1, Placement.CPU.attention()),
                        deltas);
    }

    private static void close(Tensor actual, float[] expected) {
        float[] found = Placement.CPU.floats(actual);
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
        }
        assertThat(difference).isLessThan(1e-5 * largest);
    }
}
