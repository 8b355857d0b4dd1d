package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.app.command.ServerCounts.count;
import static org.espalier.app.command.ServerCounts.settled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.app.Main;
import org.espalier.core.PathTree;
import org.espalier.core.file.TreeFile;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.store.Store;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exploring with a model behind an endpoint, as a user does it, with the local server in its place. */
class ExploreEndpointTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
    private static final Path MODEL = ROOT.resolve("greenhouse/model");

    @TempDir
    private static Path folder;

    private static Path train;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void draw() {
        new Typed()
                .done(
                        "greenhouse world --size train=8 --size validation=2 --size test-seen=2 --size test-combinations=2"
                                + " --size test-drawings=2 --out",
                        folder.resolve("world"));
        train = folder.resolve("world/train/ssui.jsonl");
    }

    private static PlayedServer server(int delay) {
        return PlayedServer.start(
                new ServeSettings(0, Duration.ofMillis(delay), 10_000, Faults.NONE, Optional.empty()),
                WorldFile.load());
    }

    private static Path endpoints(PlayedServer server, String capabilities) throws IOException {
        return Files.writeString(
                Files.createTempFile(folder, "endpoints", ".yaml"), """
                endpoints:
                  garden:
                    base-url: %s
                    model: greenhouse
                    prices: {input: 1000, output: 2000}
                    capabilities: {%s}
                """.formatted(server.base(), capabilities));
    }

    private static List<String> words(Path file, Path to) {
        return List.of(
                "explore",
                "--endpoint",
                "garden",
                "--endpoints",
                file.toString(),
                "--data",
                train.toString(),
                "--out",
                to.toString(),
                "--max-tokens",
                "96",
                "--trunk-attempts",
                "4",
                "--branch-samples",
                "4");
    }

    private static Process child(List<String> words, Path classes) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + classes,
                "-Despalier.root=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }

    @Test
    void aKilledExplorationEndsInTheSameBytesWithoutARepeatedCallOrLibtorchAndCanBeTrainedOn()
            throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        try (PlayedServer server = server(0)) {
            espalier.done(words(endpoints(server, "prefill: native"), whole).toArray());
            assertThat(count(server, "calls")).isEqualTo(count(server, "requests"));
        }
        assertThat(espalier.out()).contains("Explored 8 questions");
        assertThat(killedAndResumed()).hasSameBinaryContentAs(whole.resolve(TreeFile.NAME));

        List<PathTree> trees = TreeFile.read(whole.resolve(TreeFile.NAME));
        assertThat(trees.stream().filter(tree -> !tree.pairs().isEmpty()).count())
                .as("questions with a pair")
                .isGreaterThan(3);
        assertThat(trees).allSatisfy(tree -> {
            assertThat(tree.origin().model()).isEqualTo("greenhouse");
            assertThat(tree.origin().tokenizer()).isEmpty();
            assertThat(tree.paths())
                    .allSatisfy(path -> assertThat(path.tokens()).isEmpty());
        });
        for (String method : List.of("srpo", "dpo")) {
            Path trained = folder.resolve("trained-" + method);
            espalier.done("train --method", method, "--model", MODEL, "--trees", whole, "--out", trained, "--epochs 1");
            assertThat(trained.resolve("adapter/adapter_model.safetensors")).exists();
            assertThat(Files.readString(trained.resolve("metrics.jsonl"))).contains("\"loss\":");
        }
    }

    private static Path killedAndResumed() throws IOException, InterruptedException {
        Path to = folder.resolve("killed");
        Path classes = folder.resolve("classes.log");
        try (PlayedServer server = server(200)) {
            List<String> words = words(endpoints(server, "prefill: native"), to);
            Process process = child(words, folder.resolve("other.log"));
            while (count(server, "calls") < 60 && process.isAlive()) {
                Thread.sleep(20);
            }
            process.destroyForcibly().waitFor();
            assertThat(to.resolve("summary.json")).doesNotExist();
            int before = settled(server);
            int kept = 0;
            try (Store store = Store.inFolder(to)) {
                for (var spending : store.journal().spending()) {
                    kept += (int) spending.calls();
                }
            }
            assertThat(kept).isPositive();
            assertThat(child(words, classes).waitFor())
                    .as(Files.readString(folder.resolve("child.log")))
                    .isZero();
            assertThat(count(server, "calls") - before).isEqualTo(count(server, "requests") - kept);
        }
        assertThat(Files.readString(classes))
                .contains("org.espalier.workflow.explore")
                .doesNotContain("org.bytedeco");
        return to.resolve(TreeFile.NAME);
    }

    @Test
    void aServerThatCannotGoOnIsAskedToWhereTheUserWantsThat() throws IOException {
        Path to = folder.resolve("turns");
        try (PlayedServer server = server(0)) {
            List<String> words = new ArrayList<>(words(endpoints(server, "prefill: none"), to));
            assertThat(espalier.run(words.toArray())).isEqualTo(2);
            assertThat(espalier.err()).contains("endpoint garden", "--continue-by prefill", "--continue-by turn");
            assertThat(count(server, "calls")).isZero();
            assertThat(to).doesNotExist();
            words.addAll(List.of("--continue-by", "turn"));
            espalier.done(words.toArray());
        }
        assertThat(Files.readString(to.resolve("run.json"))).contains("\"continue-by\"", "\"turn\"");
        assertThat(TreeFile.read(to.resolve(TreeFile.NAME)))
                .allSatisfy(tree -> assertThat(tree.origin().model()).isEqualTo("greenhouse (asked to continue)"));
    }

    @Test
    void saysWhatItWouldCostWithoutAsking() throws IOException {
        Path to = folder.resolve("dry");
        try (PlayedServer server = server(0)) {
            List<String> words = new ArrayList<>(words(endpoints(server, "prefill: native"), to));
            words.add("--dry-run");
            espalier.done(words.toArray());
            assertThat(count(server, "calls")).isZero();
        }
        assertThat(to).doesNotExist();
        // 8 questions, 4 tries for a trunk and 4 branches at each of 7 places.
        assertThat(espalier.out())
                .contains("Would explore 8 questions", "at most 256 calls of 96 tokens")
                .containsPattern("tokens in, [0-9,]+ out; [0-9]+\\.[0-9]{2} at the prices of the endpoints file");
    }

    @Test
    void oneModelIsNamedInOneWay() {
        String both = "say whose paths to draw: --model DIR, or --endpoint with a URL or a name";
        assertThat(espalier.run("explore --data", train, "--out", folder.resolve("no")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains(both);
        assertThat(espalier.run(
                        "explore --model",
                        MODEL,
                        "--endpoint http://127.0.0.1:1/v1 --data",
                        train,
                        "--out",
                        folder.resolve("no")))
                .isEqualTo(2);
        assertThat(espalier.err().lastIndexOf(both))
                .isGreaterThan(espalier.err().indexOf(both));
        assertThat(espalier.run(
                        "explore --endpoint http://127.0.0.1:1/v1 --model-name m --continue-by trun --data",
                        train,
                        "--out",
                        folder.resolve("no")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("did you mean turn");
    }

    @Test
    void aNameWithoutItsFileSaysWhichFlagIsMissing() {
        assertThat(espalier.run("explore --endpoint garden --data", train, "--out", folder.resolve("no")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("'garden' is no address", "--endpoints FILE");
    }
}
