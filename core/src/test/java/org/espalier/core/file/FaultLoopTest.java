package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run whose every call to the file system fails in turn, as SQLite is tested: once, or for good from there on. Each
 * failure ends in a sentence; what was said to be on the disk is there; and the same run, repeated, ends as if nothing
 * had happened.
 */
class FaultLoopTest {
    private static final List<String> LINES =
            List.of("{\"a\":1}", "{\"b\":22}", "{\"c\":\"é\"}", "{\"d\":[]}", "{\"e\":5}");

    @TempDir
    Path root;

    /** What a run was told to be on the disk. */
    private static final class Kept {
        private final List<String> lines = new ArrayList<>();
        private String result = "";
    }

    /** Opens a folder, adds the lines that are missing, writes a result twice, and finishes. */
    private static void run(Path folder, Kept kept) {
        try (RunFolder run = RunFolder.open(folder, RunPlan.of("bench").build())) {
            int has;
            try (LineLog log = LineLog.open(run.resolve("answers.jsonl"))) {
                has = lines(run.resolve("answers.jsonl")).size();
                for (int at = has; at < LINES.size(); ) {
                    // Two at once in the middle.
                    List<String> some = LINES.subList(at, at == 1 ? 3 : at + 1);
                    log.append(some);
                    kept.lines.addAll(some);
                    at += some.size();
                }
            }
            for (String value : List.of("one", "two")) {
                AtomicFile.write(run.resolve("results/result.txt"), value);
                kept.result = value;
            }
            run.finish();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, No space left on device",
        "true, No space left on device",
        "false, Input/output error",
        "true, Input/output error"
    })
    void whicheverCallFailsNothingThatWasKeptIsLost(boolean forGood, String said) throws IOException {
        int failed = 0;
        boolean through = false;
        for (int call = 1; !through; call++) {
            Path folder = root.resolve("run-" + call);
            FaultyFiles files = new FaultyFiles(call, forGood, said);
            Kept kept = new Kept();
            try {
                run(files.path(folder), kept);
                through = files.calls() < call;
            } catch (SurroundingsException e) {
                failed++;
                assertThat(e.getMessage())
                        .as("call %d", call)
                        .contains(said.startsWith("No space") ? "the disk is full" : "failed: " + said)
                        .doesNotContain("\n");
            }
            List<String> there = lines(folder.resolve("answers.jsonl"));
            assertThat(there.subList(0, Math.min(there.size(), kept.lines.size())))
                    .as("call %d", call)
                    .isEqualTo(kept.lines);
            Path result = folder.resolve("results/result.txt");
            String text = Files.exists(result) ? Files.readString(result) : "";
            assertThat(text).as("call %d", call).isIn(kept.result, kept.result.isEmpty() ? "one" : "two");

            run(folder, new Kept());
            assertThat(lines(folder.resolve("answers.jsonl")))
                    .as("call %d", call)
                    .isEqualTo(LINES);
            assertThat(result).hasContent("two");
        }
        assertThat(failed).as("calls that can fail").isGreaterThan(25);
    }

    /** Whoever counts on with the same file after a failure, as a studio does, writes sound lines. */
    @ParameterizedTest
    @CsvSource({"No space left on device", "Input/output error"})
    void aLogThatFailedOnceGoesOnSoundly(String said) throws IOException {
        // Checksums wait for those of 64 lines.
        List<List<String>> appends = new ArrayList<>();
        appends.add(Collections.nCopies(62, "{}"));
        LINES.forEach(line -> appends.add(List.of(line)));
        boolean through = false;
        for (int call = 1; !through; call++) {
            Path file = Files.createDirectory(root.resolve("log-" + call)).resolve("labels.jsonl");
            FaultyFiles files = new FaultyFiles(call, false, said);
            List<String> kept = new ArrayList<>();
            try (LineLog log = LineLog.open(files.path(file))) {
                for (List<String> lines : appends) {
                    try {
                        log.append(lines);
                    } catch (SurroundingsException e) {
                        log.append(lines);
                    }
                    kept.addAll(lines);
                }
            } catch (SurroundingsException e) {
                assertThat(kept.size())
                        .as("it could not be opened, or not be closed")
                        .isIn(0, 62 + LINES.size());
            }
            through = files.calls() < call;
            LineLog.open(file).close();
            assertThat(lines(file)).as("call %d", call).isEqualTo(kept);
        }
    }
}
