package org.espalier.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.arange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.PictureInput;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.model.lora.LoraSettings;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tape against libtorch's record of the whole tower. */
class PictureTapeTest {
    private static final Path FIXTURES = Path.of(System.getProperty("espalier.root", ".."), "fixtures");

    /** What pictures look like, and what comes back to the adapter. */
    private record Result(float[] features, float[] gradient) {}

    private static Result through(LoadedModel model, Adapter adapter, Optional<PictureTape> tape) {
        List<PictureInput> pictures = new ArrayList<>();
        IntStream.range(0, 3)
                .forEach(i -> pictures.add(
                        model.folder().picture(model.folder().path().resolve("image_" + i + ".png"))));
        try (PointerScope scope = new PointerScope();
                Gradients gradients = new Gradients(adapter.parameters())) {
            LoraSnapshot lora = adapter.snapshot(model.placement(), gradients);
            Tensor features;
            try (AutoGradMode recorded = new AutoGradMode(true)) {
                features = tape.isPresent()
                        ? model.model().pictureFeatures(pictures, lora, tape.get())
                        : model.model().pictureFeatures(pictures, lora);
            }
            Tensor slope = torch.cos(arange(new Scalar(features.numel())).to(features.scalar_type()))
                    .view(features.sizes());
            features.backward(slope, new BoolOptional(), false, new TensorArrayRefOptional());
            tape.ifPresent(PictureTape::backward);
            lora.pictures().orElseThrow().addGradients();
            return new Result(Placement.CPU.floats(features.detach()), Placement.CPU.floats(gradients.flat()));
        }
    }

    private static Adapter adapter(LoadedModel model, String target) {
        Adapter adapter =
                Adapter.fresh(new LoraSettings(2, 4, 0, List.of(target)), model.config(), model.placement(), 1);
        try (PointerScope scope = new PointerScope()) {
            torch.manual_seed(3);
            Scope.withoutGradients(() -> adapter.parameters()
                    .flat()
                    .copy_(torch.randn_like(adapter.parameters().flat()).mul_(new Scalar(0.1))));
        }
        return adapter;
    }

    /** All of the tower; its last block and what follows; what follows alone. */
    @ParameterizedTest
    @CsvSource({
        "qwen2_5_vl, all-linear",
        "qwen2_5_vl, .*visual.*(blocks.1|merger).*",
        "qwen2_5_vl, .*visual.merger.*",
        "qwen2_vl, all-linear",
        "llava_next, all-linear",
        "llava_next, .*(layers.1.*fc1|multi_modal_projector.*)",
    })
    void whatIsMadeAgainIsEqualToTheLastBitAndBothToTheRecord(String family, String target) {
        try (LoadedModel model = LoadedModel.open(ModelFolder.open(FIXTURES.resolve(family)), Placement.CPU);
                Adapter adapter = adapter(model, target);
                PictureTape kept = new PictureTape(false);
                PictureTape again = new PictureTape(true)) {
            Result record = through(model, adapter, Optional.empty());
            Result first = through(model, adapter, Optional.of(kept));
            Result second = through(model, adapter, Optional.of(again));

            assertThat(first.features()).isEqualTo(record.features());
            assertThat(second.features()).isEqualTo(record.features());
            assertThat(second.gradient()).isEqualTo(first.gradient());
            float largest = 0;
            for (float one : record.gradient()) {
                largest = Math.max(largest, Math.abs(one));
            }
            assertThat(largest).isPositive();
            assertThat(first.gradient()).containsExactly(record.gradient(), within(1e-5f * largest));
        }
    }

    /** Two blocks of ten patches, 8 and 20 wide: 16 · 8 + 5 · 20 numbers of 4 bytes a patch are kept of a block. */
    @Test
    void tellsWhatItTakes() {
        VisionExtent extent = new VisionExtent(2, 8, 20, 4);
        PictureTapeSize small = new PictureTapeSize(extent, Placement.CPU, 10);

        assertThat(small.block()).isEqualTo(40 * (128 + 100) * 4);
        assertThat(small.again()).isFalse();
        assertThat(small.held()).isEqualTo(2 * small.block());
        // From 256 MiB on inputs alone are kept, and one block is at work: 36,793 tokens of four patches.
        PictureTapeSize large = new PictureTapeSize(extent, Placement.CPU, 20_000);
        assertThat(large.again()).isFalse();
        PictureTapeSize larger = new PictureTapeSize(extent, Placement.CPU, 40_000);
        assertThat(larger.again()).isTrue();
        assertThat(larger.held()).isEqualTo(2 * 160_000L * 8 * 4 + larger.block());
        assertThat((double) larger.held() / (2 * larger.block())).isCloseTo(0.535, within(0.001));
    }
}
