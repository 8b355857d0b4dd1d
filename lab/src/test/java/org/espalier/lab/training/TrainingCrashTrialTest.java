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

    private TrainingCrashTrial trial(int kills) {
        return new TrainingCrashTrial(TrialTraining.of(folder, 8, 20), 2, kills, 2, 3);
    }

    @Test
    void aKilledTrainingEndsAsOneThatWasLeftAlone() throws Exception {
        TrainingCrashTrial.Result result = trial(2).run(Progress.SILENT);

        assertThat(result.kills()).isEqualTo(2);
        assertThat(result.steps()).isEqualTo(20);
        assertThat(result.sound()).as(result.toString()).isTrue();

        // And it would see a difference: the same trial again finds all trainings finished, one of them changed.
        Files.writeString(folder.resolve("killed-0/metrics.jsonl"), "\n", StandardOpenOption.APPEND);
        assertThat(trial(1).run(Progress.SILENT).differing()).isEqualTo(1);
    }
}
