package org.espalier.bench.rsbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedMemoryTest {
    @TempDir
    Path folder;

    /** The two files are some 90 MB of text: held in memory as objects they would not fit, nor would either of them. */
    @Test
    void aHundredThousandJudgedPathsNeedTheMemoryOfTheirQuestionsAlone() throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        run(List.of(run.toString()));
        assertThat(Files.size(run.resolve(AnswerFile.NAME))).isGreaterThan(60_000_000);
        assertThat(Files.size(run.resolve(JudgementFile.NAME))).isGreaterThan(20_000_000);
        Counts counts = ResultsFile.read(run.resolve(ResultsFile.NAME))
                .of(Slice.ALL)
                .orElseThrow()
                .counts();
        assertThat(counts.questions()).isEqualTo(12_500);
        assertThat(counts.judged()).isEqualTo(87_500);
        assertThat(counts.unanswered()).isEqualTo(12_500);
        // Gone on with, or judged anew, all of it is read again.
        run(List.of(run.toString(), "again"));
    }

    private void run(List<String> words) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new java.util.ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeRun.class.getName()));
        command.addAll(words);
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(run.waitFor()).as(Files.readString(log)).isZero();
    }
}
