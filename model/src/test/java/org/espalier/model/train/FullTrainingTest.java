package org.espalier.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.PictureInput;
import org.espalier.model.lora.AdamW;
import org.espalier.model.qwen.Grid;
import org.espalier.model.qwen.Patches;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class FullTrainingTest {
    private static final int IMAGE = 2;
    private static final AdamW.Settings CONSTANTS = new AdamW.Settings(0.9, 0.98, 1e-8, 0.01, 1);
    static final List<TrainingExample> EXAMPLES = List.of(
            example(List.of(picture(0.5f)), 3, IMAGE, 4, 5, 6, 1),
            example(List.of(), 7, 8, 9, 10, 11, 12, 13, 14, 15, 3, 4, 1),
            example(List.of(picture(-1f)), 3, IMAGE, 4, 8, 9, 1));

    @TempDir
    private Path folder;

    @Test
    void whatItWritesIsAModelThatSaysTheSame() {
        try (FullTraining training = FullTraining.begin(model(16), 4, CONSTANTS)) {
            training.step(EXAMPLES, 1e-2);
            training.writeModel(folder.resolve("model.safetensors"));
            try (LoadedModel loaded = LoadedModel.open(model(16), Placement.CPU)) {
                for (ExampleBatch batch : ExampleBatch.cut(EXAMPLES)) {
                    assertThat(losses(batch, loaded)).containsExactly(losses(batch, training.model()));
                }
            }
            try (FullTraining further = FullTraining.of(model(16), CONSTANTS)) {
                assertThat(further.step(EXAMPLES, 1e-2)).containsExactly(training.step(EXAMPLES, 0));
                assertThat(further.step(EXAMPLES, 0)).isNotEqualTo(training.step(EXAMPLES, 0));
            }
        }
    }

    @Test
    void aSavedStateGoesOnToTheSameBit() {
        Path state = folder.resolve("state.safetensors");
        try (FullTraining straight = FullTraining.begin(model(16), 4, CONSTANTS);
                FullTraining resumed = FullTraining.begin(model(16), 99, CONSTANTS)) {
            straight.step(EXAMPLES, 1e-2);
            straight.save(state);
            resumed.restore(state);

            assertThat(resumed.steps()).isEqualTo(1);
            assertThat(resumed.step(EXAMPLES, 1e-2)).containsExactly(straight.step(EXAMPLES, 1e-2));
            assertThat(resumed.step(EXAMPLES, 1e-2)).containsExactly(straight.step(EXAMPLES, 1e-2));
        }
    }

    @Test
    void paddingAndCompanyChangeNoLoss() {
        try (FullTraining together = FullTraining.begin(model(16), 4, CONSTANTS)) {
            double[] all = together.step(EXAMPLES, 0);
            for (int i = 0; i < EXAMPLES.size(); i++) {
                double[] alone = together.step(List.of(EXAMPLES.get(i)), 0);
                assertThat(alone[0]).isCloseTo(all[i], org.assertj.core.api.Assertions.within(1e-5));
            }
        }
    }

    @Test
    void lessonsAreLearnedByHeart() {
        try (FullTraining training = FullTraining.begin(model(16), 4, CONSTANTS)) {
            double[] first = training.step(EXAMPLES, 1e-2);
            double[] last = first;
            for (int i = 0; i < 60; i++) {
                last = training.step(EXAMPLES, 1e-2);
            }
            // Sixteen tokens, none of them known: ln 16. What follows a picture's own colour is learned from it alone.
            assertThat(Arrays.stream(first).boxed())
                    .allSatisfy(loss -> assertThat(loss).isBetween(2.0, 3.6));
            assertThat(Arrays.stream(last).boxed())
                    .allSatisfy(loss -> assertThat(loss).isLessThan(0.3));
        }
    }

    @Test
    void theStateOfAModelOfAnotherSizeIsRefused() {
        Path state = folder.resolve("state.safetensors");
        try (FullTraining small = FullTraining.begin(model(16), 4, CONSTANTS);
                FullTraining large = FullTraining.begin(model(17), 4, CONSTANTS)) {
            small.save(state);
            assertThatThrownBy(() -> large.restore(state))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another model");
        }
    }

    private static float[] losses(ExampleBatch batch, LoadedModel model) {
        try (PointerScope scope = new PointerScope()) {
            return Placement.CPU.floats(batch.losses(model.model()));
        }
    }

    private static TrainingExample example(List<PictureInput> pictures, int... ids) {
        boolean[] mask = new boolean[ids.length];
        IntStream.range(ids.length / 2, ids.length).forEach(i -> mask[i] = true);
        return new TrainingExample(ids, mask, pictures);
    }

    private static Patches picture(float colour) {
        float[] values = new float[4 * 24];
        Arrays.fill(values, colour);
        return new Patches(values, new Grid(1, 2, 2), 2);
    }

    /** A folder that describes a model of so many tokens. */
    private ModelFolder model(int vocabulary) {
        write(folder, vocabulary);
        return ModelFolder.open(folder);
    }

    static void write(Path folder, int vocabulary) {
        ObjectNode config = Json.object();
        config.put("model_type", "qwen2_5_vl").put("vocab_size", vocabulary).put("hidden_size", 16);
        config.put("num_hidden_layers", 2).put("num_attention_heads", 2).put("num_key_value_heads", 1);
        config.put("intermediate_size", 24).put("max_position_embeddings", 64).put("tie_word_embeddings", true);
        config.put("eos_token_id", 1).put("image_token_id", IMAGE).put("vision_start_token_id", 0);
        config.putObject("rope_scaling")
                .put("type", "mrope")
                .putArray("mrope_section")
                .add(1)
                .add(1)
                .add(2);
        ObjectNode vision = config.putObject("vision_config");
        vision.put("depth", 1).put("hidden_size", 8).put("num_heads", 1).put("intermediate_size", 12);
        vision.put("patch_size", 2)
                .put("spatial_merge_size", 2)
                .put("window_size", 8)
                .put("out_hidden_size", 16);
        vision.putArray("fullatt_block_indexes").add(0);
        AtomicFile.write(folder.resolve("config.json"), Json.page(config));
    }
}
