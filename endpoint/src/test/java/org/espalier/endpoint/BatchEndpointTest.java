package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.endpoint.PlayedBatches.Fate;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Spending;
import org.espalier.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of both providers against a played server. */
class BatchEndpointTest {
    @TempDir
    private Path folder;

    /** By the endpoint's own count, after the asks. */
    private BigDecimal spent = BigDecimal.ZERO;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectory(folder.resolve("run"));
    }

    private EndpointPlan plan(String provider, PlayedBatches server) throws IOException {
        Path file = folder.resolve(provider + ".yaml");
        Files.writeString(file, """
                endpoints:
                  it:
                    provider: %s
                    base-url: %s
                    model: m
                    batch: true
                    retries: 1
                    prices: {input: 2, output: 10}
                """.formatted(provider, server.url()));
        return EndpointsFile.read(file, List.of()).endpoints().get("it");
    }

    private List<EndpointAnswer> asked(EndpointPlan plan, String... questions) {
        TreeMap<String, EndpointPlan> plans = new TreeMap<>(Map.of(plan.name(), plan));
        try (Store store = Store.inFolder(folder.resolve("run"));
                Endpoints endpoints = Endpoints.open(new EndpointsFile(plans, new TreeMap<>()), store)
                        .batching(folder.resolve("run/batches"), Progress.SILENT)) {
            Endpoint endpoint = endpoints.named(plan.name());
            List<EndpointAnswer> answers = ParallelCalls.all(Stream.of(questions)
                    .<Callable<EndpointAnswer>>map(words -> () -> endpoint.ask(BatchChild.ask(words)))
                    .toList());
            spent = endpoint.spent();
            return answers;
        }
    }

    private static String said(EndpointAnswer answer) {
        return answer instanceof EndpointAnswer.Said said ? said.text() : "failed";
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "openai-compatible", "anthropic"})
    void answersComeFromOneBatchForHalfThePriceAndTheNextTimeFromTheJournal(String provider) throws IOException {
        try (PlayedBatches server = new PlayedBatches(0, (_, _) -> Fate.ANSWERED)) {
            EndpointPlan plan = plan(provider, server);
            assertThat(plan.prices().input()).isEqualByComparingTo("1");
            assertThat(asked(plan, "a", "b", "c"))
                    .extracting(BatchEndpointTest::said)
                    .containsExactly("re a", "re b", "re c");
            assertThat(server.batches()).isEqualTo(1);
            List<EndpointAnswer> again = asked(plan, "c", "a");
            assertThat(again).extracting(BatchEndpointTest::said).containsExactly("re c", "re a");
            assertThat(again).allMatch(answer -> ((EndpointAnswer.Said) answer).replayed());
            assertThat(server.batches()).isEqualTo(1);
            try (Store store = Store.inFolder(folder.resolve("run"))) {
                BigDecimal cost = store.journal().spending().stream()
                        .map(Spending::cost)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                // Three calls of 1000 tokens in and 100 out at 1 and 5 a million.
                assertThat(cost).isEqualByComparingTo("0.0045");
            }
            assertThat(folder.resolve("run/batches"))
                    .isDirectoryNotContaining(file -> file.toString().contains("asked"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void whatExpiredOrWasOverloadedIsAskedAgainAndWhatWasRefusedIsNot(String provider) throws IOException {
        Map<String, Fate> fates = Map.of("bad", Fate.REFUSED, "late", Fate.EXPIRED, "busy", Fate.OVERLOADED);
        // Those that may do better the next time do.
        try (PlayedBatches server = new PlayedBatches(0, (words, times) -> {
            Fate fate = fates.getOrDefault(words, Fate.ANSWERED);
            return times > 1 ? Fate.ANSWERED : fate;
        })) {
            List<EndpointAnswer> answers = asked(plan(provider, server), "good", "bad", "late", "busy");
            assertThat(answers.getFirst()).isInstanceOf(EndpointAnswer.Said.class);
            assertThat(answers.get(1)).isInstanceOfSatisfying(EndpointAnswer.Failed.class, failed -> {
                assertThat(failed.reason()).contains("HTTP 400", "not this one");
                assertThat(failed.retryable()).isFalse();
                assertThat(failed.received()).hasSize(1);
            });
            assertThat(answers.get(2)).isInstanceOf(EndpointAnswer.Said.class);
            assertThat(answers.get(3)).isInstanceOf(EndpointAnswer.Said.class);
            assertThat(server.asked().values()).containsExactlyInAnyOrder(1, 1, 2, 2);
        }
    }

    @Test
    void anAnswerThatGetsLostOnItsWayMakesNoSecondBatch() throws IOException {
        for (String provider : List.of("openai", "anthropic")) {
            try (PlayedBatches server = new PlayedBatches(0, (_, _) -> Fate.ANSWERED)) {
                server.dropNextAnswer = true;
                assertThat(asked(plan(provider, server), provider))
                        .extracting(BatchEndpointTest::said)
                        .containsExactly("re " + provider);
                assertThat(server.batches()).isEqualTo(1);
            }
        }
    }

    /** A run folder from somebody else may hold a log that calls batches by the places of other files. */
    @Test
    void aLogOfSomebodyElseDeletesNothingOutsideItsFolder() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious.jsonl"), "kept");
        Files.createDirectories(folder.resolve("run/batches"));
        Files.writeString(
                folder.resolve("run/batches/it-batches.jsonl"),
                "{\"tag\": \"../../precious\", \"event\": \"begun\", \"count\": 1, \"at\": 0}\n");
        try (PlayedBatches server = new PlayedBatches(0, (_, _) -> Fate.ANSWERED)) {
            assertThatThrownBy(() -> asked(plan("openai", server), "a"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("it-batches.jsonl")
                    .hasMessageContaining("tag");
        }
        assertThat(precious).hasContent("kept");
    }

    /** The server's clock shows an hour less than ours, as if ours had been set ahead; another's batch of as many is not ours. */
    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void whereClocksDisagreeABatchIsStillFoundAgainAndPaidForOnce(String provider) throws IOException {
        try (PlayedBatches server = new PlayedBatches(0, (_, _) -> Fate.ANSWERED)) {
            server.clockAhead = Duration.ofHours(-1);
            asked(plan(provider, server), "an earlier question");
            server.dropNextAnswer = true;
            assertThat(asked(plan(provider, server), provider))
                    .extracting(BatchEndpointTest::said)
                    .containsExactly("re " + provider);
            assertThat(server.asked().values()).containsOnly(1).hasSize(2);
        }
    }

    /** Whatever is heard a second time was paid for once. */
    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    @Timeout(60)
    void aResultThatCannotBeReadIsAskedForAgainAloneAndTheOthersArePaidForOnce(String provider) throws IOException {
        try (PlayedBatches server = new PlayedBatches(0, (_, _) -> Fate.ANSWERED)) {
            server.spoilt = "b";
            List<EndpointAnswer> answers = asked(plan(provider, server), "a", "b", "c");
            assertThat(answers).extracting(BatchEndpointTest::said).containsExactly("re a", "failed", "re c");
            assertThat(server.asked().values()).containsExactlyInAnyOrder(1, 2, 1);
            // Two calls of 1000 tokens in and 100 out at 1 and 5 a million.
            assertThat(spent).isEqualByComparingTo("0.003");
            server.spoilt = "";
            assertThat(asked(plan(provider, server), "a", "b", "c"))
                    .extracting(BatchEndpointTest::said)
                    .containsExactly("re a", "re b", "re c");
        }
    }

    @Test
    @Timeout(60)
    void resultsWithoutAnEndAreBrokenOff() throws IOException {
        try (PlayedBatches server = new PlayedBatches(0, (_, _) -> Fate.ANSWERED)) {
            server.endless = true;
            assertThatThrownBy(() -> asked(plan("openai", server), "a"))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("larger than 65 MiB");
        }
    }

    @Test
    void aBatchThatIsNotTakenEndsTheRunAndLosesNoQuestion() throws IOException {
        try (PlayedBatches server = new PlayedBatches(0, (_, _) -> Fate.ANSWERED)) {
            server.declining = "Enqueued token limit reached";
            assertThatThrownBy(() -> asked(plan("openai", server), "a", "b"))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("did not take a batch (Enqueued token limit reached)")
                    .hasMessageContaining("run the same command to continue");
            server.declining = "";
            assertThat(asked(plan("openai", server), "a", "b"))
                    .extracting(BatchEndpointTest::said)
                    .containsExactly("re a", "re b");
        }
    }

    @Test
    void aServerWithoutBatchesIsNamed() throws IOException {
        try (ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.Reply.of(404, "{}"))) {
            EndpointPlan plan =
                    EndpointPlan.at(server.url(), "m", Optional.empty()).batched();
            assertThatThrownBy(() -> asked(plan, "a"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no interface for batches (HTTP 404)");
        }
    }

    /** What is asked and answered is some 45 MB of text. */
    @Test
    void fiveThousandAnswersNeedLittleMemoryAndAKillInTheMiddleAsksNothingTwice() throws Exception {
        int questions = 5000;
        try (PlayedBatches server = new PlayedBatches(8000, (_, _) -> Fate.ANSWERED)) {
            server.held = true;
            Process first = child(server, questions);
            while (server.batches() == 0) {
                assertThat(first.isAlive()).as(log()).isTrue();
                Thread.sleep(20);
            }
            first.destroyForcibly();
            first.waitFor();
            server.held = false;
            Process second = child(server, questions);
            assertThat(second.waitFor(300, TimeUnit.SECONDS)).isTrue();
            assertThat(log()).contains("answered " + questions);
            assertThat(server.asked()).hasSize(questions);
            assertThat(server.asked().values()).as("each once").containsOnly(1);
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private Process child(PlayedBatches server, int questions) throws IOException {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BatchChild.class.getName(),
                        server.url(),
                        folder.resolve("run").toString(),
                        Integer.toString(questions)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }
}
