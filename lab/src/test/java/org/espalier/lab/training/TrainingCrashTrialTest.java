package org.espalier.lab.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.espalier.core.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings by several processes, some of which are killed. */
class TrainingCrashTrialTest {
    @TempDir
    Path folder;

    @Test
    void aKilledTrainingEndsAsOneThatWasLeftAlone() throws Exception {
        TrainingCrashTrial.Result result =
                new TrainingCrashTrial(TrialTraining.of(folder, 8, 12), 2, 2, 2, 3).run(Progress.SILENT);

        assertThat(result.kills()).isEqualTo(2);
        assertThat(result.steps()).isEqualTo(12);
        assertThat(result.sound()).as(result.toString()).isTrue();

        // And it would see a difference.
        Path killed = folder.resolve("killed-0");
        assertThat(TrainingCrashTrial.same(folder.resolve("whole"), killed)).isTrue();
        Files.writeString(killed.resolve("metrics.jsonl"), "\n", StandardOpenOption.APPEND);
        assertThat(TrainingCrashTrial.same(folder.resolve("whole"), killed)).isFalse();
    }
}
