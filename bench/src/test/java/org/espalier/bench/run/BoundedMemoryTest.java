package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedMemoryTest {
    @TempDir
    Path folder;

    /** Answers and judgements are some 20 MB of text: held in memory as objects they would not fit. */
    @Test
    void fiftyThousandJudgedAnswersNeedTheMemoryOfTheirQuestionsAlone() throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        run(List.of(run.toString(), "answers"));
        Result result = Result.read(run.resolve(Result.FILE));
        assertThat(result.counts().answers()).isEqualTo(50_000);
        assertThat(result.counts().judged()).isGreaterThan(35_000);
    }

    /** The two files are some 45 MB of text: held in memory as objects they would not fit, nor would either of them. */
    @Test
    void fiftyThousandJudgedPathsNeedTheMemoryOfTheirQuestionsAlone() throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        run(List.of(run.toString(), "paths"));
        assertThat(Files.size(run.resolve(AnswerLine.FILE))).isGreaterThan(30_000_000);
        assertThat(Files.size(run.resolve(JudgementLine.FILE))).isGreaterThan(10_000_000);
        AnswerCounts counts = Result.read(run.resolve(Result.FILE)).counts();
        assertThat(counts.questions()).isEqualTo(6_250);
        assertThat(counts.judged()).isEqualTo(43_750);
        assertThat(counts.failures()).containsEntry("unanswered", 6_250L);
        // Resumed, or judged anew, all of it is read again.
        run(List.of(run.toString(), "paths", "again"));
    }

    private void run(List<String> words) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
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
