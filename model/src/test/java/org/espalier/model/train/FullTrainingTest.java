package org.espalier.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.lora.AdamW;
import org.espalier.model.picture.Patches;
import org.espalier.model.qwen.QwenConfig;
import org.espalier.model.qwen.QwenModel;
import org.espalier.model.qwen.VisionShape;
import org.espalier.tensor.HostTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullTrainingTest {
    private static final int IMAGE = 2;
    private static final AdamW.Constants CONSTANTS = new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1);
    private static final List<Lesson> LESSONS = List.of(
            lesson(List.of(picture(0.5f)), 3, IMAGE, 4, 5, 6, 1),
            lesson(List.of(), 7, 8, 9, 10, 11, 12, 13, 14, 15, 3, 4, 1),
            lesson(List.of(picture(-1f)), 3, IMAGE, 4, 8, 9, 1));

    @TempDir
    private Path folder;

    @Test
    void whatItWritesIsAModelThatSaysTheSame() {
        try (FullTraining training = FullTraining.begin(config(16), 4, CONSTANTS)) {
            training.step(LESSONS, 1e-2);
            training.writeModel(folder.resolve("model.safetensors"));
            try (QwenModel loaded = Folder.open(folder, config(16))) {
                for (LessonBatch batch : LessonBatch.cut(LESSONS)) {
                    assertThat(losses(batch, loaded)).containsExactly(losses(batch, training.model()));
                }
            }
        }
    }

    @Test
    void aSavedStateGoesOnToTheSameBit() {
        Path state = folder.resolve("state.safetensors");
        try (FullTraining straight = FullTraining.begin(config(16), 4, CONSTANTS);
                FullTraining resumed = FullTraining.begin(config(16), 99, CONSTANTS)) {
            straight.step(LESSONS, 1e-2);
            straight.save(state);
            resumed.restore(state);

            assertThat(resumed.steps()).isEqualTo(1);
            assertThat(resumed.step(LESSONS, 1e-2)).containsExactly(straight.step(LESSONS, 1e-2));
            assertThat(resumed.step(LESSONS, 1e-2)).containsExactly(straight.step(LESSONS, 1e-2));
        }
    }

    @Test
    void paddingAndCompanyChangeNoLoss() {
        try (FullTraining together = FullTraining.begin(config(16), 4, CONSTANTS)) {
            double[] all = together.step(LESSONS, 0);
            for (int i = 0; i < LESSONS.size(); i++) {
                double[] alone = together.step(List.of(LESSONS.get(i)), 0);
                assertThat(alone[0]).isCloseTo(all[i], org.assertj.core.api.Assertions.within(1e-5));
            }
        }
    }

    @Test
    void lessonsAreLearnedByHeart() {
        try (FullTraining training = FullTraining.begin(config(16), 4, CONSTANTS)) {
            double[] first = training.step(LESSONS, 1e-2);
            double[] last = first;
            for (int i = 0; i < 60; i++) {
                last = training.step(LESSONS, 1e-2);
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
        try (FullTraining small = FullTraining.begin(config(16), 4, CONSTANTS);
                FullTraining large = FullTraining.begin(config(17), 4, CONSTANTS)) {
            small.save(state);
            assertThatThrownBy(() -> large.restore(state))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another model");
        }
    }

    private static float[] losses(LessonBatch batch, QwenModel model) {
        try (PointerScope scope = new PointerScope()) {
            return HostTensors.floats(batch.losses(model));
        }
    }

    private static Lesson lesson(List<Patches> pictures, int... ids) {
        boolean[] mask = new boolean[ids.length];
        IntStream.range(ids.length / 2, ids.length).forEach(i -> mask[i] = true);
        return new Lesson(ids, mask, pictures);
    }

    private static Patches picture(float colour) {
        float[] values = new float[4 * 24];
        Arrays.fill(values, colour);
        return new Patches(values, 1, 2, 2, 2);
    }

    private static QwenConfig config(int vocabulary) {
        return new QwenConfig(
                new TextShape(vocabulary, 16, 2, 2, 1, 8, 24, 1e-6, 1e6, List.of(1, 1, 2), true, true),
                new VisionShape(1, 8, 1, 12, 24, 2, 2, 8, Set.of(0), 16),
                1,
                IMAGE,
                0,
                64);
    }

    /** The written weights in a model of their own. */
    private static final class Folder {
        static QwenModel open(Path folder, QwenConfig config) {
            var source = org.espalier.tensor.Checkpoint.open(folder);
            var weights = new org.espalier.model.decoder.CheckpointWeights(source, Optional.empty());
            return QwenModel.of(config, weights, source.names(), () -> {
                weights.close();
                source.close();
            });
        }
    }
}
