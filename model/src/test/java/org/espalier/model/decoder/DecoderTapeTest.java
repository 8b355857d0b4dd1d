package org.espalier.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.model.lora.LoraSettings;
import org.espalier.model.lora.Targets;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.Test;

class DecoderTapeTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    private static final TreeLayout LAYOUT =
            new TreeLayout(9, List.of(new TreeLayout.Segment(4, 6), new TreeLayout.Segment(9, 3)));

    /** The tree's last two segments begin at the stem's end and before it; the first goes straight on. */
    private static final TreeLayout CHAIN =
            new TreeLayout(9, List.of(new TreeLayout.Segment(9, 5), new TreeLayout.Segment(2, 4)));

    @Test
    void givesTheStatesAndGradientsOfARecordedGraph() {
        for (TreeLayout layout : List.of(LAYOUT, CHAIN)) {
            compare(Dtype.F32, Targets.LANGUAGE_MODEL.words(), layout, 1e-5);
        }
    }

    @Test
    void trainsTheLengthsOfRowsThatDoraAdds() {
        for (List<String> kinds : List.of(Targets.LANGUAGE_MODEL.words(), List.of("q_proj", "v_proj", "down_proj"))) {
            compare(Dtype.F32, kinds, true, LAYOUT, 1e-5);
        }
        compare(Dtype.F64, Targets.LANGUAGE_MODEL.words(), true, CHAIN, 1e-6);
    }

    @Test
    void leavesAloneWhatHasNoAdapter() {
        compare(Dtype.F32, List.of("q_proj", "v_proj", "down_proj"), LAYOUT, 1e-5);
    }

    @Test
    void keepsAFloat32AdapterBesideABfloat16Base() {
        compare(Dtype.BF16, Targets.LANGUAGE_MODEL.words(), LAYOUT, 0.03);
    }

    @Test
    void addsTheGradientsOfSeveralPassesUp() {
        on(Dtype.F32, Targets.LANGUAGE_MODEL.words(), (model, adapter) -> {
            float[] whole = tape(model.decoder(), adapter, LAYOUT).getLast();
            try (Gradients gradients = new Gradients(adapter.parameters())) {
                tape(model.decoder(), adapter, gradients, LAYOUT, 0);
                tape(model.decoder(), adapter, gradients, LAYOUT, 0);
                float[] twice = Placement.CPU.floats(gradients.flat());
                for (int i = 0; i < twice.length; i++) {
                    assertThat(twice[i]).isCloseTo(2 * whole[i], within(1e-5f + 1e-5f * Math.abs(twice[i])));
                }
            }
        });
    }

    @Test
    void layersThatAreComputedAgainGiveTheSameBits() {
        for (Dtype type : List.of(Dtype.F32, Dtype.F64, Dtype.BF16)) {
            for (TreeLayout layout : List.of(LAYOUT, CHAIN)) {
                on(type, Targets.LANGUAGE_MODEL.words(), (model, adapter) -> {
                    List<float[]> kept = tape(model.decoder(), adapter, layout);
                    for (int again = 1; again <= model.decoder().shape().layers(); again++) {
                        List<float[]> computed = tape(model.decoder(), adapter, layout, again);
                        assertThat(computed.getFirst()).isEqualTo(kept.getFirst());
                        assertThat(computed.getLast()).isEqualTo(kept.getLast());
                    }
                });
            }
        }
    }

    private static void compare(Dtype type, List<String> kinds, TreeLayout layout, double tolerance) {
        compare(type, kinds, false, layout, tolerance);
    }

    private static void compare(Dtype type, List<String> kinds, boolean dora, TreeLayout layout, double tolerance) {
        on(type, kinds, dora, (model, adapter) -> {
            List<float[]> recorded = recorded(model.decoder(), adapter, layout);
            List<float[]> tape = tape(model.decoder(), adapter, layout);
            for (int i = 0; i < recorded.size(); i++) {
                assertThat(norm(recorded.get(i), new float[recorded.get(i).length]))
                        .isGreaterThan(0.1);
                assertThat(norm(tape.get(i), recorded.get(i)))
                        .isLessThan(tolerance * norm(recorded.get(i), new float[recorded.get(i).length]));
            }
        });
    }

    private static void on(Dtype type, List<String> kinds, BiConsumer<VisionLanguageModel, Adapter> body) {
        on(type, kinds, false, body);
    }

    private static void on(
            Dtype type, List<String> kinds, boolean dora, BiConsumer<VisionLanguageModel, Adapter> body) {
        LoraSettings settings = new LoraSettings(4, 8, 0, kinds);
        try (LoadedModel loaded = LoadedModel.open(ModelFolder.open(FOLDER), Placement.CPU.with(type));
                Adapter adapter = dora
                        ? Adapter.dora(settings, loaded.folder(), loaded.placement(), 5)
                        : Adapter.fresh(settings, loaded.config(), loaded.placement(), 5);
                PointerScope scope = new PointerScope()) {
            try (NoGradGuard guard = new NoGradGuard()) {
                Tensor flat = adapter.parameters().flat();
                flat.copy_(torch.randn_like(flat).mul_(new Scalar(0.05)));
            }
            body.accept(loaded.model(), adapter);
        }
    }

    /** States, then the adapter's gradients. */
    private static List<float[]> recorded(Decoder decoder, Adapter adapter, TreeLayout layout) {
        try (PointerScope scope = new PointerScope();
                Gradients gradients = new Gradients(adapter.parameters())) {
            Tensor x = start(decoder, layout);
            Tensor states = decoder.forward(
                    x, rope(decoder, layout), new TreeAttention(layout, decoder.placement(), true), adapter);
            gradients.take(adapter.parameters(), states.mul(slope(states)).sum());
            return List.of(Placement.CPU.floats(states), Placement.CPU.floats(gradients.flat()));
        }
    }

    private static List<float[]> tape(Decoder decoder, Adapter adapter, TreeLayout layout) {
        return tape(decoder, adapter, layout, 0);
    }

    private static List<float[]> tape(Decoder decoder, Adapter adapter, TreeLayout layout, int layersAgain) {
        try (Gradients gradients = new Gradients(adapter.parameters())) {
            return tape(decoder, adapter, gradients, layout, layersAgain);
        }
    }

    private static List<float[]> tape(
            Decoder decoder, Adapter adapter, Gradients gradients, TreeLayout layout, int layersAgain) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = start(decoder, layout);
            LoraSnapshot lora = adapter.snapshot(decoder.placement(), gradients);
            try (DecoderTape tape = DecoderTape.forward(
                    decoder,
                    x,
                    rope(decoder, layout),
                    new TreeAttention(layout, decoder.placement(), false),
                    lora,
                    layersAgain)) {
                tape.backward(slope(tape.states()));
                return List.of(Placement.CPU.floats(tape.states()), Placement.CPU.floats(gradients.flat()));
            }
        }
    }

    private static Tensor start(Decoder decoder, TreeLayout layout) {
        long[] ids = new long[layout.tokens()];
        Arrays.setAll(ids, i -> 7L * i % 500);
        try (NoGradGuard guard = new NoGradGuard()) {
            return decoder.embed(Placement.CPU.indices(ids, ids.length));
        }
    }

    private static Rope rope(Decoder decoder, TreeLayout layout) {
        long[] row = new long[layout.tokens()];
        Arrays.setAll(row, i -> i);
        return Rope.of(decoder.shape(), new long[][] {row, row, row}, decoder.placement());
    }

    private static Tensor slope(Tensor like) {
        SplittableRandom random = new SplittableRandom(9);
        float[] values = new float[(int) like.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Placement.CPU.numbers(values, like.size(0), like.size(1)).to(like.scalar_type());
    }

    private static double norm(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow(a[i] - b[i], 2);
        }
        return Math.sqrt(sum);
    }
}
