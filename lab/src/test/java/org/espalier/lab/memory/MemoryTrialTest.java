package org.espalier.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.model.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryTrialTest {
    /** Tokens of a picture of 112 pixels a side: four of them 28 pixels wide. */
    private static final int OF_PICTURE = 16;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(MemoryStep.class)
    void everyStepIsTakenOnACheckpointThatWasMade(MemoryStep step) {
        MemoryTrial trial =
                new MemoryTrial(CheckpointShape.named("tiny"), folder, 112, List.of(step), OptionalLong.empty());
        trial.prepare(Progress.SILENT);

        MemoryStep.Taken taken = trial.here(step);

        assertThat(taken.tokens()).isEqualTo(step.tokens(OF_PICTURE));
        assertThat(taken.layersAgain()).isZero();
    }

    @Test
    void withoutRoomAllLayersAreComputedAgain() {
        MemoryTrial trial =
                new MemoryTrial(CheckpointShape.named("tiny"), folder, 56, List.of(MemoryStep.SFT), OptionalLong.of(0));
        trial.prepare(Progress.SILENT);
        assertThat(trial.here(MemoryStep.SFT).layersAgain()).isEqualTo(4);
    }

    @Test
    void whatAShapeSaysIsAsPublished() {
        assertThat(parameters("qwen2.5-vl-3b")).isEqualTo(3_754_622_976L);
        assertThat(parameters("qwen2.5-vl-7b")).isEqualTo(8_292_166_656L);
    }

    private long parameters(String name) {
        return RandomCheckpoint.parameters(CheckpointShape.named(name), folder);
    }

    @Test
    void refusesAShapeAndAStepThatNobodyKnows() {
        assertThatThrownBy(() -> CheckpointShape.named("70b"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tiny, small, qwen2.5-vl-3b, qwen2.5-vl-7b, llava-next-8b");
        assertThatThrownBy(() -> MemoryStep.named("dpo"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("load, sample, sft or srpo");
    }

    @Test
    void aCheckpointOfOneShapeIsNotTakenForAnother() {
        new MemoryTrial(CheckpointShape.named("tiny"), folder, 112, List.of(), OptionalLong.empty())
                .prepare(Progress.SILENT);
        assertThat(ModelFolder.open(folder).config().text().layers()).isEqualTo(4);
        MemoryTrial other =
                new MemoryTrial(CheckpointShape.named("small"), folder, 112, List.of(), OptionalLong.empty());
        assertThatThrownBy(() -> other.prepare(Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("another shape");
    }
}
