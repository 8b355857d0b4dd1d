package org.espalier.ssui.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.Answer;
import org.espalier.endpoint.Ask;
import org.espalier.ssui.agent.Prompt;
import org.espalier.ssui.agent.Scripted;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Filter;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import org.espalier.store.work.StageCount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BuildTest {
    private static final int PICTURES = 60;

    @TempDir
    private Path folder;

    private Pool pool;

    @BeforeEach
    void fillThePool() throws IOException {
        pool = new Pool(folder.resolve("pool"));
        Files.createDirectories(folder.resolve("pool/images"));
        List<PooledPicture> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            byte[] bytes = ("picture " + i).getBytes(StandardCharsets.UTF_8);
            String sha256 = Sha256.of(bytes);
            String image = "images/" + i + ".png";
            Files.write(folder.resolve("pool").resolve(image), bytes);
            pictures.add(new PooledPicture(
                    PooledPicture.idOf(sha256),
                    image,
                    sha256,
                    i,
                    84,
                    84,
                    "png",
                    bytes.length,
                    Licence.UNKNOWN,
                    PictureSource.of("test", image),
                    Safety.UNVERIFIED));
        }
        pool.write(pictures);
    }

    @Test
    void everyPictureBecomesADraftOrIsCounted() {
        // A third finds no pair, of the rest the check agent drops every text that ends with a digit below 3.
        Result result = build("one", 0, BuildTest::play);

        Funnel funnel = result.funnel();
        assertThat(funnel.done()).isTrue();
        assertThat(funnel.stages()).extracting(Funnel.Stage::name).containsExactlyElementsOf(Stages.NAMES);
        assertThat(funnel.stages().getFirst().reached()).isEqualTo(PICTURES);
        assertThat(funnel.drafts()).isEqualTo(result.drafts().size()).isPositive();
        long lost = funnel.stages().stream().mapToLong(Funnel.Stage::dropped).sum();
        assertThat(lost).isPositive();
        assertThat(funnel.drafts() + lost).isEqualTo(PICTURES);
    }

    @Test
    void anInterruptedBuildEndsAsAnUninterruptedOne() {
        Map<String, String> whole = build("whole", 0.5, BuildTest::play).drafts();
        AtomicInteger calls = new AtomicInteger();
        for (int stop : List.of(3, 40, 90)) {
            assertThatThrownBy(() -> build("torn", 0.5, ask -> {
                        if (calls.incrementAndGet() % stop == 0) {
                            throw new SurroundingsException("the power is gone", new IOException());
                        }
                        return play(ask);
                    }))
                    .isInstanceOf(SurroundingsException.class);
        }

        assertThat(build("torn", 0.5, BuildTest::play).drafts()).isEqualTo(whole);
    }

    @Test
    void aSafeTwinIsASampleOfItsOwn() {
        Map<String, String> drafts = build("twins", 1, BuildTest::play).drafts();

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
        Result first = build("letters", 0, ask -> shape(ask).equals("summary") ? "no JSON" : play(ask));

        assertThat(first.funnel().drafts()).isZero();
        assertThat(first.letters()).hasSize((int) first.funnel().dead()).isNotEmpty();
        Letter letter = first.letters().getFirst();
        assertThat(letter.stage()).isEqualTo("summary");
        assertThat(letter.received()).hasSize(2);
        assertThat(letter.received().get(0).path("text").asString()).isEqualTo("no JSON");

        assertThat(build("letters", 0, BuildTest::play).funnel().drafts()).isZero();
        Result revived = build("letters", 0, BuildTest::play, true);
        assertThat(revived.funnel().drafts()).isEqualTo(first.funnel().dead());
        assertThat(revived.letters()).isEmpty();
    }

    @Test
    void aSketchPutOffTooOftenIsADeadLetterWithAllThatWasReceived() {
        Answer.Kept kept = new Answer.Kept("key-1", 500, "out of order");
        Scripted failing = Scripted.answering(
                ask -> new Answer.Failed("it refused: HTTP 500", true, Duration.ZERO, List.of(kept)));
        try (Store store = store("tired")) {
            Build build = Build.of(store, pool, settings(0), agent -> failing);
            assertThatThrownBy(() -> build.run(now -> {
                        throw new CancellationException();
                    }))
                    .isInstanceOf(CancellationException.class);
            store.write(connection -> {
                try (var last = connection.prepareStatement("update work set attempt = 10, not_before = 0")) {
                    return last.executeUpdate();
                }
            });
            Funnel funnel = build.run(now -> {});

            assertThat(funnel.dead()).isEqualTo(PICTURES);
            assertThat(build.letters()).hasSize(PICTURES).allSatisfy(letter -> {
                assertThat(letter.reason()).isEqualTo("Given up after 10 attempts: it refused: HTTP 500");
                assertThat(Json.line(letter.received()))
                        .isEqualTo("[{\"journal_key\":\"key-1\",\"text\":\"out of order\",\"complaint\":\"HTTP"
                                + " 500\"}]");
            });
        }
    }

    @Test
    void everyDropIsListedWithTheAgentsOwnWords() {
        try (Store store = store("drops")) {
            Build build = Build.of(store, pool, settings(0), agent -> new Scripted(BuildTest::play));
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
        Funnel funnel = new Funnel(
                3,
                List.of(new Funnel.Stage("query", 3, 3, 0, 0, 0)),
                0,
                BigDecimal.ZERO,
                Optional.of("ours refused: HTTP 500"));

        assertThat(funnel.line()).isEqualTo("ours refused: HTTP 500; 3 > 0 drafts");
    }

    @Test
    void foretellsCallsTokensAndMoney() {
        Forecast forecast = Build.forecast(pool, settings(0), agent -> new Scripted(BuildTest::play), Map.of());

        assertThat(forecast.calls()).isEqualTo(5 * PICTURES);
        assertThat(forecast.cost()).isPositive();
        // 84 pixels are three patches of 28.
        assertThat(forecast.stages().getFirst().input()).isGreaterThan(9L * PICTURES);
        // One try, with its repair.
        assertThat(forecast.mostCalls()).isEqualTo(2 * forecast.calls());
        assertThat(forecast.mostCost()).isGreaterThan(forecast.cost().multiply(BigDecimal.TWO));
        assertThat(forecast.over()).isZero();
    }

    @Test
    void foretellsOnlyWhatIsStillToDo() {
        Map<String, StageCount> done = Map.of(
                "query", new StageCount("query", 5, 1, 20, 2),
                "reasoning", new StageCount("reasoning", 3, 0, 8, 0),
                "reflection", new StageCount("reflection", 0, 0, 8, 0),
                "check", new StageCount("check", 0, 0, 6, 0),
                "summary", new StageCount("summary", 0, 0, 4, 0));

        Forecast forecast = Build.forecast(pool, settings(0), agent -> new Scripted(BuildTest::play), done);

        // Of 60, 22 were asked; 9 dropped and 2 dead at query; all 8 of reasoning went on, 2 dropped at reflection, 2
        // at check.
        assertThat(forecast.stages()).extracting(Forecast.Stage::calls).containsExactly(38L, 41L, 41L, 41L, 41L);
        assertThat(forecast.over()).isEqualTo(19);
        assertThat(forecast.lines().getFirst())
                .startsWith("60 pictures, 60 sketches of which 19 have come to their end; about 202");
    }

    private Store store(String name) {
        String url = "jdbc:sqlite:" + folder.resolve(name + ".db");
        return Store.open(url, List.of(Build.MIGRATIONS, Drafts.MIGRATIONS + "/sqlite"));
    }

    private record Result(Funnel funnel, Map<String, String> drafts, List<Letter> letters) {}

    private Result build(String name, double twins, Function<Ask, String> model) {
        return build(name, twins, model, false);
    }

    private Result build(String name, double twins, Function<Ask, String> model, boolean revive) {
        try (Store store = store(name)) {
            Scripted endpoint = new Scripted(model);
            Build build = Build.of(store, pool, settings(twins), agent -> endpoint);
            if (revive) {
                build.revive();
            }
            Funnel funnel = build.run(now -> {});
            Map<String, String> drafts = new TreeMap<>();
            new Drafts(store.dataSource(), store.postgres())
                    .each(
                            Filter.ALL,
                            draft -> drafts.put(
                                    draft.original().id(),
                                    Json.line(draft.original().json())));
            return new Result(funnel, drafts, build.letters());
        }
    }

    private static BuildSettings settings(double twins) {
        Taxonomy taxonomy = Taxonomy.composed();
        Map<String, AgentSettings> agents = Stages.NAMES.stream()
                .collect(Collectors.toMap(name -> name, name -> new AgentSettings(0, 200, Prompt.shipped(name))));
        return new BuildSettings(7, taxonomy, Quotas.equal(taxonomy), twins, 1, agents);
    }

    private static String shape(Ask ask) {
        return ask.shape().orElseThrow().name();
    }

    /** Agents that depend on what they are shown alone. */
    private static String play(Ask ask) {
        String text = ask.conversation().getLast().text();
        JsonNode data = Json.parse(text.lines().skip(2).findFirst().orElseThrow());
        String hash = Sha256.of(data.toString() + ask.conversation().getLast().images());
        ObjectNode answer = Json.object();
        switch (shape(ask)) {
            case "query" -> {
                boolean usable = hash.charAt(0) > '4';
                answer.put("usable", usable)
                        .put("reason", "because")
                        .put("query", usable ? "Can I do " + hash + "?" : "");
                answer.put("scenario", usable ? "it goes wrong" : "");
                answer.put("category", usable ? data.path("aim").asString() : "none");
            }
            case "check" ->
                answer.put("safe", hash.charAt(1) > '2').put("valid", true).put("reason", "because");
            case "reflection" ->
                answer.put("redundant", false)
                        .put("query", data.path("query").asString())
                        .put("missing", "")
                        .put("sound", true)
                        .put("answer", "it goes wrong")
                        .set("steps", Json.tree(List.of("It shows this.", "It is new.", "No, it goes wrong.")));
            case "summary" ->
                answer.put("query", data.path("query").asString())
                        .put("answer", "it goes wrong")
                        .put("category", data.path("category").asString())
                        .set("steps", data.path("steps"));
            default ->
                answer.put("answer", "it goes wrong")
                        .set("steps", Json.tree(List.of("It shows this.", "No, it goes wrong.")));
        }
        return Json.line(answer);
    }
}
