package org.espalier.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.app.command.CommandLines;
import org.espalier.app.console.Interruption;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code perf} as a user types it in a checkout. */
class PerfCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String line) {
        return CommandLines.espalier(new PrintWriter(out), new PrintWriter(err), new Interruption())
                .execute(line.replace("FOLDER", folder.toString()).split(" "));
    }

    @Test
    void knowsEveryMeasurement() {
        assertThat(run("perf")).isZero();
        assertThat(out.toString())
                .contains("  tree ", "  decode ", "  studio ", "  crash ", "  shared ", "  load ", "  demo ");
    }

    @Test
    void writesItsFigures() throws Exception {
        assertThat(run("perf decode --size tiny --side 56 --rows 2 --runs 1 --warm-ups 0 --json FOLDER/x.json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(3).first().asString().contains("tokens/s");
        assertThat(Json.parse(Files.readString(folder.resolve("x.json")))).hasSize(2);
    }

    @Test
    void measuresAllThatIsMeasuredOfAGpu() throws Exception {
        assertThat(run("perf gpu --device cpu --size tiny --sides 56 --rows 1,2 --tokens 4 --runs 1 --warm-ups 0"
                        + " --json FOLDER/x.json --markdown FOLDER/x.md"))
                .as(err.toString())
                .isZero();
        JsonNode figures = Json.parse(Files.readString(folder.resolve("x.json")));
        assertThat(figures.at("/training")).hasSize(3);
        assertThat(figures.at("/sampling")).hasSize(2);
        // The device is the processor itself.
        assertThat(figures.at("/equality")).hasSize(2).allSatisfy(one -> {
            assertThat(one.path("logprobs").asDouble()).isZero();
            assertThat(one.path("gradient").asDouble()).isZero();
            assertThat(one.path("same_tokens").asInt()).isEqualTo(256);
        });
        assertThat(Files.readAllLines(folder.resolve("x.md")))
                .hasSize(2 + 3 + 2 + 1 + 2)
                .anyMatch(row -> row.startsWith("| pairwise, 56² | "));
    }

    @Test
    void saysWhatIsMissingWhereNoGpuCanBeUsed() {
        assertThat(run("perf gpu --device cuda:7 --size tiny")).isEqualTo(3);
        assertThat(err.toString()).contains("the device cuda:7 cannot be used: ");
        assertThat(run("perf gpu --size huge")).isEqualTo(2);
        assertThat(run("perf gpu --sides 50")).isEqualTo(2);
    }

    @Test
    void decodesTheSamePixelsHereAndBeside() throws Exception {
        Files.copy(
                Path.of(System.getProperty("espalier.root"), "fixtures", "pictures", "webp_lossy.webp"),
                folder.resolve("a.webp"));

        assertThat(run("perf webp FOLDER --whole --runs 1 --threads 1"))
                .as(err.toString())
                .isZero();
        List<String> said = out.toString().lines().toList();
        assertThat(said).hasSize(3);
        assertThat(checksum(said.get(0))).isEqualTo(checksum(said.get(1)));
        assertThat(said.get(2)).startsWith("beside / here: wall time ");
    }

    private static String checksum(String line) {
        return line.substring(line.indexOf(';'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOLDER", "FOLDER/none", "FOLDER --runs 0", "FOLDER --threads -1"})
    void decodesNoPicturesWhereThereAreNone(String flags) {
        assertThat(run("perf webp " + flags)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void measuresInSmallWhatPlansAreMadeFrom() throws Exception {
        assertThat(
                        run(
                                "perf scale --parts journal,near --answers 20 --pictures 500 --out FOLDER/scale --json FOLDER/x.json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .first()
                .asString()
                .contains("journal, SQLite:", "answers a second");
        assertThat(Json.parse(Files.readString(folder.resolve("x.json")))
                        .at("/near 500/pictures")
                        .asInt())
                .isEqualTo(500);
        assertThat(run("perf scale --parts nothing --out FOLDER/other")).isEqualTo(2);
        assertThat(err.toString()).contains("--parts nothing: the parts are training, exchange, journal, near");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--runs 0", "--size huge", "--json FOLDER/none/x.json"})
    void measuresNothingWhereTheQuestionIsUnsound(String flags) {
        assertThat(run("perf tree " + flags)).isEqualTo(2);
        assertThat(run("perf decode " + flags)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void measuresADemonstrationThroughAServerAsInOneProcess() throws Exception {
        Path model = Path.of(System.getProperty("espalier.root"), "greenhouse", "model");
        Path recipe = Path.of(System.getProperty("espalier.root"), "recipes", "greenhouse.yaml");
        String sizes = " --size train=2 --size validation=2 --size test-seen=16 --size test-combinations=2"
                + " --size test-drawings=2 --out FOLDER/demo/world";
        assertThat(run("greenhouse world" + sizes)).as(err.toString()).isZero();
        assertThat(run("bench rsbench --data FOLDER/demo/world/test.jsonl --out FOLDER/demo/bench-base --recipe "
                        + recipe + " --model " + model))
                .as(err.toString())
                .isZero();
        String record = """
                {"verb": "demo", "finished": "now", "seeds": {"seed": 0}, "inputs": {"model": {"path": "%s"}}}
                """.formatted(model);
        Files.writeString(folder.resolve("demo/run.json"), record);

        run("perf demo FOLDER/demo --out FOLDER/served --json FOLDER/x.json");

        assertThat(out.toString()).as(err.toString()).containsPattern("base +[0-9.]+ [(].*[)] +[0-9.]+ [(]");
        assertThat(Files.readAllLines(folder.resolve("served/bench-base/answers.jsonl")))
                .hasSameSizeAs(Files.readAllLines(folder.resolve("demo/bench-base/answers.jsonl")));
        Files.writeString(folder.resolve("demo/run.json"), record.replace("finished", "begun"));
        assertThat(run("perf demo FOLDER/demo --out FOLDER/again")).isEqualTo(2);
        assertThat(err.toString()).contains("is not a finished demonstration");
    }
}
