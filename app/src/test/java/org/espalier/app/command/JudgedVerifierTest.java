package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.espalier.core.Continuation;
import org.espalier.core.PathTree;
import org.espalier.core.file.Json;
import org.espalier.core.file.TreeFile;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.JudgeErrors;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.store.Store;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A model as the verifier of paths, measured against the exact rules. */
class JudgedVerifierTest {
    @TempDir
    private static Path folder;

    private static Path train;
    private static Path explored;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void explore() {
        new Typed()
                .done(
                        "greenhouse world --size train=36 --size validation=2 --size test-seen=2 --size"
                                + " test-combinations=2 --size test-drawings=2 --out",
                        folder.resolve("world"));
        train = folder.resolve("world/train/ssui.jsonl");
        explored = folder.resolve("by-rules");
        try (PlayedServer server = server(JudgeErrors.NONE)) {
            new Typed().done(exploring(server, "rule", explored).toArray());
        }
    }

    private static PlayedServer server(JudgeErrors errors) {
        return PlayedServer.start(
                new ServeSettings(0, Duration.ZERO, 10_000, Faults.NONE, errors, Optional.empty()), WorldFile.load());
    }

    private static List<Object> exploring(PlayedServer server, String verifier, Path out) {
        return List.of(
                "explore --model-name greenhouse --continue-by prefill --max-tokens 96 --trunk-attempts 4"
                        + " --branch-samples 4 --endpoint",
                server.base(),
                "--data",
                train,
                "--verifier",
                verifier,
                "--out",
                out);
    }

    private static List<Object> judgedBy(PlayedServer server) {
        return List.of("--judge-model greenhouse --judge", server.base());
    }

    private static Object[] with(List<Object> words, List<Object> more) {
        return java.util.stream.Stream.concat(words.stream(), more.stream()).toArray();
    }

    private static long calls(PlayedServer server) {
        return server.counts().path("calls").asLong();
    }

    @Test
    void aJudgeThatNeverErrsGivesTheVerdictsOfTheRulesAndIsNeverAskedTwice() throws IOException {
        Path out = folder.resolve("by-judge");
        Path again = Files.createDirectories(folder.resolve("again"));
        try (PlayedServer server = server(JudgeErrors.NONE)) {
            espalier.done(with(exploring(server, "judge", out), judgedBy(server)));
            long asked = calls(server);
            // As a crash before the first tree leaves it.
            Files.copy(out.resolve(Store.FILE), again.resolve(Store.FILE));
            ObjectNode record = (ObjectNode) Json.parse(Files.readString(out.resolve("run.json")));
            record.remove("finished");
            Files.writeString(again.resolve("run.json"), Json.page(record));
            espalier.done(with(exploring(server, "judge", again), judgedBy(server)));
            assertThat(calls(server)).as("all answers are in the journal").isEqualTo(asked);
        }

        List<PathTree> judged = TreeFile.read(out.resolve(TreeFile.NAME));
        List<PathTree> ruled = TreeFile.read(explored.resolve(TreeFile.NAME));
        for (int i = 0; i < ruled.size(); i++) {
            assertThat(judged.get(i).paths())
                    .extracting(path -> path.text() + path.verdict().correct())
                    .containsExactlyElementsOf(ruled.get(i).paths().stream()
                            .map(path -> path.text() + path.verdict().correct())
                            .toList());
        }
        assertThat(again.resolve(TreeFile.NAME)).hasSameBinaryContentAs(out.resolve(TreeFile.NAME));
        assertThat(Files.readString(out.resolve("run.json")))
                .contains("judge-prompt")
                .contains("verifier-judges");
    }

    @Test
    void theRatesOfAJudgeThatErrsAreFoundWithinTheirIntervals() throws IOException {
        Path out = folder.resolve("agreement");
        try (PlayedServer server = server(new JudgeErrors(0.2, 0.1, 5))) {
            espalier.done(with(List.of("greenhouse agree --trees", explored, "--out", out), judgedBy(server)));
        }

        JsonNode found = Json.parse(Files.readString(out.resolve("agreement.json")));
        assertThat(within(found.path("false_positive"), 0.2)).as("%s", found).isTrue();
        assertThat(within(found.path("false_negative"), 0.1)).as("%s", found).isTrue();
        assertThat(found.path("without_verdict_on_wrong").asInt()).isZero();
        assertThat(espalier.out()).contains("false positives): ").contains("kappa");
        assertThat(Files.readAllLines(out.resolve("verdicts.jsonl")))
                .hasSize(found.path("paths").asInt());
    }

    private static boolean within(JsonNode rate, double truth) {
        double low = rate.path("low").asDouble();
        double high = rate.path("high").asDouble();
        assertThat(high - low).as("an interval that says something").isBetween(0.01, 0.25);
        return low <= truth && truth <= high;
    }

    @Test
    void examplesForAJudgeAreItsQuestionsWithTheVerdictsOfTheRules() throws IOException {
        Path out = folder.resolve("lessons");
        espalier.done("greenhouse teach --trees", explored, "--out", out);

        List<JsonNode> lessons = Files.readAllLines(out.resolve("examples.jsonl")).stream()
                .map(Json::parse)
                .toList();
        long distinct = TreeFile.read(explored.resolve(TreeFile.NAME)).stream()
                .mapToLong(tree -> tree.paths().stream()
                        .filter(path -> path.end() != Continuation.End.LENGTH
                                && !path.steps().isEmpty())
                        .map(PathTree.WholePath::steps)
                        .distinct()
                        .count())
                .sum();
        assertThat(lessons).hasSize((int) distinct);
        int correct = 0;
        for (JsonNode lesson : lessons) {
            assertThat(lesson.path("messages")
                            .valueStream()
                            .map(turn -> turn.path("role").asString()))
                    .containsExactly("system", "user", "assistant");
            String asked = lesson.at("/messages/1/content").asString();
            JsonNode answer = Json.parse(lesson.at("/messages/2/content").asString());
            assertThat(asked).contains("<<<data " + answer.path("mark").asString() + ">>>");
            assertThat(answer.path("reason").asString()).isNotBlank();
            assertThat(out.resolve(lesson.at("/images/0").asString())).isRegularFile();
            correct += answer.path("correct").booleanValue() ? 1 : 0;
        }
        assertThat(espalier.out()).contains(": " + correct + " paths are correct by the rules");
        assertThat(correct).isBetween(1, lessons.size() - 1);
    }

    @Test
    void pathsWithoutAVerdictAreCountedAndInNoPair() throws IOException {
        Path out = folder.resolve("silent");
        try (PlayedServer server = server(JudgeErrors.NONE);
                PlayedServer silent = PlayedServer.start(
                        new ServeSettings(0, Duration.ZERO, 10_000, Faults.of("1:malformed", 0), Optional.empty()),
                        WorldFile.load())) {
            espalier.done(with(exploring(server, "judge", out), judgedBy(silent)));
        }
        assertThat(espalier.out()).contains("the verifier gave no verdict").contains("no-trunk");
        assertThat(TreeFile.read(out.resolve(TreeFile.NAME))).allSatisfy(tree -> {
            assertThat(tree.pairs()).isEmpty();
            assertThat(tree.paths())
                    .noneMatch(
                            path -> path.verdict().correct() || path.verdict().incorrect());
        });
    }

    @Test
    void theDryRunTellsTheJudgesCallsAndWritesNothing() {
        Path out = folder.resolve("dry");
        try (PlayedServer server = server(JudgeErrors.NONE)) {
            espalier.done(with(exploring(server, "judge", out), with("--judge-votes 3 --dry-run", judgedBy(server))));
            assertThat(espalier.out())
                    .contains("calls of the judge greenhouse: about")
                    .contains("the verifier is 'judge'");
            espalier.done(
                    with(List.of("greenhouse agree --dry-run --trees", explored, "--out", out), judgedBy(server)));
            assertThat(espalier.out()).contains("Would have").contains("calls of the judge greenhouse");
            assertThat(calls(server)).isZero();
        }
        assertThat(out).doesNotExist();
    }

    private static List<Object> with(String word, List<Object> more) {
        return List.of(with(List.of((Object) word), more));
    }

    @Test
    void judgesThatCannotDecideAreRefused() {
        try (PlayedServer server = server(JudgeErrors.NONE)) {
            Path out = folder.resolve("refused");
            assertThat(espalier.run(with(exploring(server, "judge", out), List.of())))
                    .isEqualTo(2);
            assertThat(espalier.err()).contains("the verifier 'judge' needs a judge");
            assertThat(espalier.run(with(exploring(server, "judge", out), with("--judge-votes 2", judgedBy(server)))))
                    .isEqualTo(2);
            assertThat(espalier.err()).contains("an odd number");
            assertThat(espalier.run(with(exploring(server, "answer", out), judgedBy(server))))
                    .isEqualTo(2);
            assertThat(espalier.err()).contains("--judge has no effect without --verifier judge");
            assertThat(espalier.run(with(exploring(server, "judgee", out), List.of())))
                    .isEqualTo(2);
            assertThat(espalier.err()).contains("did you mean").contains("judge");
        }
    }
}
