package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedMemoryTest {
    @TempDir
    Path folder;

    /** Answers and judgements are some 40 MB of text: held in memory as objects they would not fit. */
    @Test
    void aHundredThousandJudgedAnswersNeedTheMemoryOfTheirQuestionsAlone() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process run = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeRun.class.getName(),
                        folder.resolve("run").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(run.waitFor()).as(Files.readString(log)).isZero();
        Result result = ResultFile.read(folder.resolve("run").resolve(Result.FILE));
        assertThat(result.tallied().answers()).isEqualTo(100_000);
        assertThat(result.tallied().judged()).isGreaterThan(70_000);
    }
}
