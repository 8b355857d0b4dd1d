package org.espalier.model.qwen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forward pass beside the reference values; {@code model verify} compares every key. */
class QwenModelTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    @ParameterizedTest
    @ValueSource(strings = {"text", "single", "double"})
    void seesAndReadsAsTheReferenceDoes(String name) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                SafetensorsFile expected = SafetensorsFile.open(FOLDER.resolve("expected.safetensors"));
                LoadedModel loaded = LoadedModel.open(ModelFolder.open(FOLDER), Placement.CPU)) {
            VisionLanguageModel model = loaded.model();
            String prefix = "case." + name + ".";
            int[] ids = Arrays.stream(Placement.CPU.longs(expected.read(prefix + "input_ids")))
                    .mapToInt(Math::toIntExact)
                    .toArray();
            List<PictureInput> pictures = pictures(loaded.folder(), expected, prefix);
            Optional<Tensor> seen =
                    pictures.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(pictures));
            if (seen.isPresent()) {
                close(seen.get(), expected.read(prefix + "image_embeds"));
            }
            PromptPositions positions = model.positions(ids, pictures);
            Tensor hidden = model.decoder()
                    .forward(
                            model.embed(ids, seen),
                            Rope.of(model.decoder().shape(), positions.rows(), Placement.CPU),
                            new CausalSequences(1, Placement.CPU.attention()),
                            Deltas.NONE);
            close(hidden, expected.read(prefix + "hidden.3"));
            close(hidden.matmul(model.decoder().head().t()), expected.read(prefix + "logits"));
        }
    }

    private static List<PictureInput> pictures(ModelFolder folder, SafetensorsFile expected, String prefix) {
        List<PictureInput> pictures = new ArrayList<>();
        for (long number : Placement.CPU.longs(expected.read(prefix + "images"))) {
            pictures.add(folder.picture(FOLDER.resolve("image_" + number + ".png")));
        }
        return pictures;
    }

    private static void close(Tensor actual, Tensor expected) {
        float[] a = Placement.CPU.floats(actual);
        float[] e = Placement.CPU.floats(expected);
        assertThat(a).hasSameSizeAs(e);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(e[i]));
            difference = Math.max(difference, Math.abs(a[i] - e[i]));
        }
        assertThat(difference).isLessThan(1e-4 * largest);
    }
}
