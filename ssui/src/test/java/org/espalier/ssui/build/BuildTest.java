package org.espalier.ssui.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Json;
import org.espalier.endpoint.EndpointAnswer;
import org.espalier.endpoint.EndpointRequest;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.agent.Scripted;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BuildTest {
    private static final int PICTURES = PlayedBuild.PICTURES;

    @TempDir
    private Path folder;

    private Pool pool;

    @BeforeEach
    void fillThePool() throws IOException {
        pool = PlayedBuild.pool(folder);
    }

    @Test
    void everyPictureBecomesADraftOrIsCounted() {
        // A third finds no pair, of the rest the check agent drops every text that ends with a digit below 3.
        Result result = build("one", 0, PlayedBuild::play);

        BuildFunnel funnel = result.funnel();
        assertThat(funnel.done()).isTrue();
        assertThat(funnel.stages()).extracting(BuildFunnel.Stage::name).containsExactlyElementsOf(Agents.NAMES);
        assertThat(funnel.stages().getFirst().reached()).isEqualTo(PICTURES);
        assertThat(funnel.drafts()).isEqualTo(result.drafts().size()).isPositive();
        long lost =
                funnel.stages().stream().mapToLong(BuildFunnel.Stage::dropped).sum();
        assertThat(lost).isPositive();
        assertThat(funnel.drafts() + lost).isEqualTo(PICTURES);
    }

    @Test
    void aProgramMayBuildWithTheUsualSettings() {
        try (Store store = store("usual")) {
            Scripted endpoint = new Scripted(PlayedBuild::play);
            BuildFunnel funnel = Build.of(store, pool, BuildSettings.usual(3), agent -> endpoint)
                    .run(now -> {});

            assertThat(funnel.done()).isTrue();
            assertThat(funnel.drafts()).isPositive();
            assertThat(endpoint.asked())
                    .extracting(ask -> ask.sampling().temperature())
                    .containsOnly(0.7);
        }
    }

    @Test
    void anInterruptedBuildEndsAsAnUninterruptedOne() {
        Map<String, String> whole = build("whole", 0.5, PlayedBuild::play).drafts();
        AtomicInteger calls = new AtomicInteger();
        for (int stop : List.of(3, 40, 90)) {
            assertThatThrownBy(() -> build("torn", 0.5, ask -> {
                        if (calls.incrementAndGet() % stop == 0) {
                            throw new SurroundingsException("the power is gone", new IOException());
                        }
                        return PlayedBuild.play(ask);
                    }))
                    .isInstanceOf(SurroundingsException.class);
        }

        assertThat(build("torn", 0.5, PlayedBuild::play).drafts()).isEqualTo(whole);
    }

    @Test
    void aSafeTwinIsASampleOfItsOwn() {
        Map<String, String> drafts = build("twins", 1, PlayedBuild::play).drafts();

        List<JsonNode> twins = drafts.values().stream()
                .map(Json::parse)
                .filter(draft -> draft.path("risk").asString().equals("safe"))
                .toList();
        assertThat(twins).isNotEmpty().allSatisfy(twin -> {
            assertThat(twin.path("id").asString()).endsWith("-safe");
            assertThat(twin.path("tag").path("twin").asString() + "-safe")
                    .isEqualTo(twin.path("id").asString());
        });
    }

    @Test
    void deadLettersKeepWhatWasReceivedAndCanBeTakenUpAgain() {
        Result first = build(
                "letters", 0, ask -> PlayedBuild.shape(ask).equals("summary") ? "no JSON" : PlayedBuild.play(ask));

        assertThat(first.funnel().drafts()).isZero();
        assertThat(first.letters()).hasSize((int) first.funnel().dead()).isNotEmpty();
        DeadLetter letter = first.letters().getFirst();
        assertThat(letter.stage()).isEqualTo("summary");
        assertThat(letter.received()).hasSize(2);
        assertThat(letter.received().get(0).path("text").asString()).isEqualTo("no JSON");

        assertThat(build("letters", 0, PlayedBuild::play).funnel().drafts()).isZero();
        Result revived = build("letters", 0, PlayedBuild::play, true);
        assertThat(revived.funnel().drafts()).isEqualTo(first.funnel().dead());
        assertThat(revived.letters()).isEmpty();
    }

    @Test
    void aSamplePutOffTooOftenIsADeadLetterWithAllThatWasReceived() {
        EndpointAnswer.Kept kept = new EndpointAnswer.Kept("key-1", 500, "out of order");
        Scripted failing = Scripted.answering(
                ask -> new EndpointAnswer.Failed("it refused: HTTP 500", true, Duration.ZERO, List.of(kept)));
        try (Store store = store("tired")) {
            Build build = Build.of(store, pool, PlayedBuild.settings(0), agent -> failing, attempt -> Duration.ZERO);
            BuildFunnel funnel = build.run(now -> {});

            assertThat(failing.asked()).hasSize(10 * PICTURES);
            assertThat(funnel.dead()).isEqualTo(PICTURES);
            assertThat(build.deadLetters()).hasSize(PICTURES).allSatisfy(letter -> {
                assertThat(letter.reason()).isEqualTo("Given up after 10 attempts: it refused: HTTP 500");
                assertThat(Json.line(letter.received()))
                        .isEqualTo("[{\"journal_key\":\"key-1\",\"text\":\"out of order\",\"complaint\":\"HTTP"
                                + " 500\"}]");
            });
        }
    }

    @Test
    void aSampleThatIsPutOffIsAskedAgainAfterAPauseAndFinishes() {
        AtomicInteger calls = new AtomicInteger();
        List<Integer> pauses = new CopyOnWriteArrayList<>();
        Scripted busy = Scripted.answering(ask -> calls.incrementAndGet() % 3 == 0
                ? new EndpointAnswer.Failed("it refused: HTTP 503", true, Duration.ZERO, List.of())
                : Scripted.said(ask, PlayedBuild.play(ask)));
        try (Store store = store("busy")) {
            Build build = Build.of(store, pool, PlayedBuild.settings(0), agent -> busy, attempt -> {
                pauses.add(attempt);
                return Duration.ofMillis(1);
            });
            BuildFunnel funnel = build.run(now -> {});

            assertThat(funnel.dead()).isZero();
            assertThat(pauses).contains(1, 2);
            assertThat(PlayedBuild.drafts(store))
                    .isEqualTo(build("calm", 0, PlayedBuild::play).drafts());
        }
    }

    @Test
    void whoStopsABuildNeedNotWaitForASampleThatIsPutOff() {
        Scripted away = Scripted.answering(
                ask -> new EndpointAnswer.Failed("it refused: HTTP 429", true, Duration.ofHours(1), List.of()));
        try (Store store = store("stopped")) {
            Build build = Build.of(store, pool, PlayedBuild.settings(0), agent -> away);
            assertThatThrownBy(() -> build.run(now -> {
                        throw new CancellationException();
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(build.funnel().stages().getFirst().open()).isEqualTo(PICTURES);
        }
    }

    @Test
    void aFaultInAnAgentsCallIsADeadLetterAndKeepsNoOtherSampleFromItsEnd() {
        Scripted faulty = Scripted.answering(ask -> {
            if (PlayedBuild.shape(ask).equals("check")) {
                throw new IllegalStateException("oh");
            }
            return Scripted.said(ask, PlayedBuild.play(ask));
        });
        try (Store store = store("faulty")) {
            Build build = Build.of(store, pool, PlayedBuild.settings(0), agent -> faulty);
            BuildFunnel funnel = build.run(now -> {});

            assertThat(funnel.done()).isTrue();
            assertThat(build.deadLetters())
                    .isNotEmpty()
                    .allSatisfy(letter -> assertThat(letter.reason())
                            .isEqualTo("A fault of Espalier: java.lang.IllegalStateException: oh"));
        }
    }

    @Test
    void everyDropIsListedWithTheAgentsOwnWords() {
        try (Store store = store("drops")) {
            Build build = Build.of(store, pool, PlayedBuild.settings(0), agent -> new Scripted(PlayedBuild::play));
            build.run(now -> {});

            assertThat(build.dropped()).isNotEmpty().allSatisfy(drop -> {
                assertThat(drop.said()).isEqualTo("because");
                assertThat(drop.response()).hasSize(64);
            });
            assertThat(build.dropped()).hasSize((int) build.drops().values().stream()
                    .flatMap(reasons -> reasons.values().stream())
                    .mapToLong(Long::longValue)
                    .sum());
        }
    }

    @Test
    void theProgressSaysWhatKeepsItFromGoingOn() {
        BuildFunnel funnel = new BuildFunnel(
                3,
                List.of(new BuildFunnel.Stage("query", 3, 3, 0, 0, 0)),
                0,
                BigDecimal.ZERO,
                Optional.of("ours refused: HTTP 500"));

        assertThat(funnel.line()).isEqualTo("ours refused: HTTP 500; 3 > 0 drafts");
    }

    @Test
    void foretellsCallsTokensAndMoney() {
        BuildForecast forecast =
                Build.forecast(pool, PlayedBuild.settings(0), agent -> new Scripted(PlayedBuild::play), 0);

        assertThat(forecast.all().likely().calls()).isEqualTo(5 * PICTURES);
        assertThat(forecast.all().likely().money()).isPositive();
        // 84 pixels are three patches of 28.
        assertThat(forecast.stages().getFirst().cost().likely().input()).isGreaterThan(9L * PICTURES);
        // One try, with its repair.
        assertThat(forecast.all().most().calls())
                .isEqualTo(2 * forecast.all().likely().calls());
        assertThat(forecast.all().most().money())
                .isGreaterThan(forecast.all().likely().money().multiply(BigDecimal.TWO));
        assertThat(forecast.ended()).isZero();
    }

    @Test
    void foretellsOnlyWhatIsStillToDo() {
        BuildForecast forecast =
                Build.forecast(pool, PlayedBuild.settings(0), agent -> new Scripted(PlayedBuild::play), 19);

        assertThat(forecast.stages())
                .extracting(stage -> stage.cost().likely().calls())
                .containsOnly(41L);
        assertThat(forecast.ended()).isEqualTo(19);
        assertThat(forecast.lines().getFirst())
                .startsWith("60 pictures, 60 samples of which 19 have come to their end; about 205");
    }

    @Test
    void countsWhatHasEndedInTheStoreForTheForecast() {
        build("half", 0, ask -> PlayedBuild.shape(ask).equals("summary") ? "no JSON" : PlayedBuild.play(ask));
        try (Store store = store("half")) {
            assertThat(Build.ended(store)).isEqualTo(PICTURES);
            store.write(connection -> connection
                    .createStatement()
                    .executeUpdate("delete from build_outcome where" + " id = (select min(id) from build_outcome)"));
            assertThat(Build.ended(store)).isEqualTo(PICTURES - 1);
        }
    }

    private Store store(String name) {
        String url = "jdbc:sqlite:" + folder.resolve(name + ".db");
        return Store.open(url, List.of(Build.MIGRATIONS, Drafts.MIGRATIONS));
    }

    private record Result(BuildFunnel funnel, Map<String, String> drafts, List<DeadLetter> letters) {}

    private Result build(String name, double twins, Function<EndpointRequest, String> model) {
        return build(name, twins, model, false);
    }

    private Result build(String name, double twins, Function<EndpointRequest, String> model, boolean revive) {
        try (Store store = store(name)) {
            Scripted endpoint = new Scripted(model);
            Build build = Build.of(store, pool, PlayedBuild.settings(twins), agent -> endpoint);
            if (revive) {
                build.revive();
            }
            BuildFunnel funnel = build.run(now -> {});
            return new Result(funnel, PlayedBuild.drafts(store), build.deadLetters());
        }
    }
}
