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
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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
import org.junit.jupiter.params.provider.CsvSource;

/** The forward pass beside the reference values; {@code model verify} compares every key. */
class QwenModelTest {
    private static final Path FIXTURES = Path.of(System.getProperty("espalier.root", ".."), "fixtures");

    @ParameterizedTest
    @CsvSource({
        "qwen2_5_vl, text",
        "qwen2_5_vl, single",
        "qwen2_5_vl, double",
        "qwen2_vl, text",
        "qwen2_vl, one",
        "qwen2_vl, all",
        "qwen2_vl, turned",
    })
    void seesAndReadsAsTheReferenceDoes(String family, String name) {
        Path folder = FIXTURES.resolve(family);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
                LoadedModel loaded = LoadedModel.open(ModelFolder.open(folder), Placement.CPU)) {
            VisionLanguageModel model = loaded.model();
            String prefix = "case." + name + ".";
            int[] ids = Arrays.stream(Placement.CPU.longs(expected.read(prefix + "input_ids")))
                    .mapToInt(Math::toIntExact)
                    .toArray();
            List<PictureInput> pictures = pictures(loaded.folder(), expected, prefix);
            Optional<Tensor> seen =
                    pictures.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(pictures));
            if (seen.isPresent()) {
                close(seen.get(), reference(expected, prefix));
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
            pictures.add(folder.picture(folder.path().resolve("image_" + number + ".png")));
        }
        return pictures;
    }

    /** Of all pictures of a case: together, or one by one. */
    private static Tensor reference(SafetensorsFile expected, String prefix) {
        if (expected.names().contains(prefix + "image_embeds")) {
            return expected.read(prefix + "image_embeds");
        }
        Tensor[] each = Arrays.stream(Placement.CPU.longs(expected.read(prefix + "images")))
                .mapToObj(number -> expected.read("image_features." + number))
                .toArray(Tensor[]::new);
        return torch.cat(new TensorVector(each), 0);
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
