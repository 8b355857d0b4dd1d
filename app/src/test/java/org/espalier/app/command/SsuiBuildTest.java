package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.review.DraftText;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Filter;
import org.espalier.ssui.review.Reviewed;
import org.espalier.store.Store;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From pictures to a dataset as a user types it, against the server that plays the agents. */
class SsuiBuildTest {
    private static final int PICTURES = 40;

    @TempDir
    private static Path folder;

    private static Path pool;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void draw() throws IOException {
        pool = folder.resolve("pool");
        SsuiBuildTest first = new SsuiBuildTest();
        first.espalier.done("greenhouse world --pictures", PICTURES, "--out", folder.resolve("garden"));
        try (PlayedServer server = server(Faults.NONE)) {
            first.espalier.done(
                    "ssui intake",
                    folder.resolve("garden/images"),
                    "--out",
                    pool,
                    "--endpoints",
                    first.endpoints(server, "intake", ""));
        }
        assertThat(new Pool(pool).read())
                .isNotEmpty()
                .allSatisfy(picture -> assertThat(picture.safety().verdict()).isEqualTo(Safety.Verdict.SAFE));
    }

    private static PlayedServer server(Faults faults) {
        return PlayedServer.start(
                new ServeSettings(0, Duration.ZERO, 1000, faults, Optional.empty()), WorldFile.load());
    }

    private Path endpoints(PlayedServer server, String name, String more) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, """
            endpoints:
              played:
                base-url: %s
                model: greenhouse
                concurrency: 16
            %s\
            """.formatted(server.base(), more.indent(4)));
        return file;
    }

    private int build(Path endpoints, String name, Object... more) {
        Object[] words = {
            "ssui build --pool",
            pool,
            "--endpoints",
            endpoints,
            "--taxonomy",
            folder.resolve("garden/taxonomy.json"),
            "--out",
            folder.resolve(name)
        };
        Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return espalier.run(all);
    }

    /** The agents' words by id, without what depends on how often was asked. */
    private static Map<String, String> drafts(String name) {
        Map<String, String> drafts = new TreeMap<>();
        try (Store store = Store.inFolder(folder.resolve(name), List.of(Drafts.MIGRATIONS))) {
            new Drafts(store)
                    .each(
                            Filter.ALL,
                            draft -> drafts.put(
                                    draft.original().id(),
                                    Json.line(draft.original().json())));
        }
        return drafts;
    }

    @Test
    void goesFromPicturesToADatasetThatExploreReads() throws IOException {
        try (PlayedServer server = server(Faults.NONE)) {
            Path endpoints = endpoints(server, "plain", "prices: {input: 1, output: 5}");
            assertThat(build(endpoints, "plain")).as(espalier.err()).isZero();

            assertThat(espalier.out())
                    .contains(PICTURES + " pictures became ")
                    .contains("query")
                    .contains("espalier studio");
            JsonNode record = Json.parse(Files.readString(folder.resolve("plain/build.json")));
            assertThat(record.path("stages").size()).isEqualTo(5);
            assertThat(Files.readAllLines(folder.resolve("plain/dropped.jsonl")))
                    .hasSize(PICTURES - record.path("drafts").asInt())
                    .allSatisfy(line -> assertThat(Json.parse(line).propertyNames())
                            .containsExactly("id", "stage", "reason", "said", "response"));
            long drafts = record.path("drafts").asLong();
            assertThat(drafts).isGreaterThan(PICTURES / 4);
            assertThat(record.path("spent").decimalValue()).isPositive();
            assertThat(server.counts().path("answered_twice").asInt()).isZero();

            int calls = server.counts().path("calls").asInt();
            assertThat(build(endpoints, "plain", "--dry-run")).isZero();
            assertThat(espalier.out()).contains("have come to their end; about 0 calls");
            assertThat(build(endpoints, "plain")).isZero();
            assertThat(server.counts().path("calls").asInt()).isEqualTo(calls);

            Path data = folder.resolve("data");
            espalier.done("ssui export", folder.resolve("plain"), "--out", data, "--unreviewed");
            List<SsuiSample> samples = SsuiFile.read(data.resolve("ssui.jsonl"));
            assertThat(samples).hasSize((int) drafts);
            String card = Files.readString(data.resolve("README.md"));
            assertThat(card).contains("passed the reflection agent").doesNotContain("not in the taxonomy");
            var coverage = Pattern.compile("(\\d+) % of the tertiary categories have a sample; evenness (0\\.\\d+)")
                    .matcher(card);
            assertThat(coverage.find()).isTrue();
            assertThat(Integer.parseInt(coverage.group(1))).isPositive();
            assertThat(Double.parseDouble(coverage.group(2))).isPositive();
            String id = samples.getFirst().id();
            revise("plain", id, "May I do that?");
            espalier.forget();
            assertThat(espalier.run("ssui trace", folder.resolve("plain"), id)).isZero();
            assertThat(espalier.out())
                    .contains("query: May I do that?")
                    .contains("query agent: greenhouse at played, prompt ")
                    .contains("from " + samples.getFirst().question().query())
                    .containsPattern("Ada, 20\\d\\d-")
                    .containsPattern("response [0-9a-f]{64}, query agent")
                    .contains("\"usable\"")
                    .contains("picture: images/", "  Licence: unknown, nothing said of training.", "  Source: images ")
                    .contains("risk: unsafe\n  set by espalier ssui build\n")
                    .contains("steps:\n  1. ", "\n  2. ")
                    .containsPattern("check agent: greenhouse at .*: changed nothing\n    verdict \\{")
                    .containsPattern("Ada, 20.*: changed query\n")
                    .containsPattern("(?s)response \\w+, query agent.*response \\w+, reasoning agent"
                            + ".*response \\w+, reflection agent.*response \\w+, check agent"
                            + ".*response \\w+, summary agent");
            assertThat(espalier.run("ssui trace", folder.resolve("plain"), "nobody"))
                    .isEqualTo(2);
            assertThat(espalier.run(
                            "ssui check",
                            data.resolve("ssui.jsonl"),
                            "--taxonomy",
                            folder.resolve("garden/taxonomy.json")))
                    .as(espalier.out() + espalier.err())
                    .isZero();
        }
    }

    private static void revise(String name, String id, String query) {
        try (Store store = Store.inFolder(folder.resolve(name), List.of(Drafts.MIGRATIONS))) {
            Drafts drafts = new Drafts(store);
            DraftText words =
                    drafts.current(id).map(Reviewed::original).orElseThrow().wording();
            drafts.save(
                    id,
                    0,
                    "Ada",
                    new DraftText(query, words.steps(), words.answer(), words.risk(), words.category()),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @Test
    void faultsOfEveryKindChangeNothingInTheResult() throws IOException {
        try (PlayedServer server = server(Faults.NONE)) {
            assertThat(build(endpoints(server, "calm", ""), "calm", "--temperature", 0))
                    .isZero();
        }
        Faults faults = Faults.of("0.2:500,drop,torn", 3);
        try (PlayedServer server = server(faults)) {
            assertThat(build(endpoints(server, "stormy", "retries: 12"), "stormy", "--temperature", 0))
                    .as(espalier.err())
                    .isZero();
            assertThat(server.counts().path("endings").size()).isEqualTo(4);
        }
        assertThat(drafts("stormy")).isEqualTo(drafts("calm")).isNotEmpty();
        assertThat(folder.resolve("stormy/dead-letters.jsonl")).isEmptyFile();
    }

    @Test
    void brokenAnswersAreRepairedOrKeptWithEverythingReceived() throws IOException {
        try (PlayedServer server = server(Faults.of("0.3:malformed,truncated", 5))) {
            assertThat(build(endpoints(server, "broken", ""), "broken", "--tries", 1))
                    .isZero();
        }
        JsonNode record = Json.parse(Files.readString(folder.resolve("broken/build.json")));
        long ended = record.path("drafts").asLong();
        for (JsonNode stage : record.path("stages")) {
            ended += stage.path("dropped").asLong() + stage.path("dead").asLong();
        }
        assertThat(ended).isEqualTo(PICTURES);
        List<String> letters = Files.readAllLines(folder.resolve("broken/dead-letters.jsonl"));
        assertThat(letters).isNotEmpty().allSatisfy(line -> {
            JsonNode letter = Json.parse(line);
            assertThat(letter.path("received").size()).isEqualTo(2);
            assertThat(letter.path("received").get(0).path("text").asString()).isNotEmpty();
        });
        try (PlayedServer server = server(Faults.NONE)) {
            assertThat(build(endpoints(server, "broken", ""), "broken", "--tries", 1, "--revive"))
                    .isZero();
        }
        assertThat(folder.resolve("broken/dead-letters.jsonl")).isEmptyFile();
    }

    @Test
    void saysWhatABuildWillCostWithoutAsking() throws IOException {
        try (PlayedServer server = server(Faults.NONE)) {
            Path endpoints = endpoints(server, "dry", "key-env: ESPALIER_NO_SUCH_KEY\nprices: {input: 1, output: 5}");
            assertThat(build(endpoints, "dry", "--dry-run", "--twins", 0.5)).isZero();

            assertThat(espalier.out()).contains("at most").contains("summary").contains("together cost ");
            Path slow = endpoints(server, "slow", "requests-a-minute: 1\nkey-env: ESPALIER_NO_SUCH_KEY");
            assertThat(build(slow, "dry", "--dry-run")).isZero();
            assertThat(espalier.out())
                    .contains("about " + 5 * new Pool(pool).read().size() + " minutes at four");
            Path poor = endpoints(server, "short", "prices: {input: 1, output: 5}\nbudget: 0.001");
            assertThat(build(poor, "dry", "--dry-run")).isZero();
            assertThat(espalier.out()).contains("endpoint played may spend 0.001 in all, and this is likely to cost");
            Path blind = endpoints(server, "blind", "capabilities: {pictures: false}");
            assertThat(build(blind, "dry", "--dry-run")).isEqualTo(2);
            assertThat(espalier.err()).contains("endpoint played sees no pictures, but the agent query is shown one");
            assertThat(build(blind, "dry")).isEqualTo(2);
            assertThat(folder.resolve("dry")).doesNotExist();
            assertThat(server.counts().path("calls").asInt()).isZero();

            assertThat(build(endpoints, "dry")).isEqualTo(2);
            assertThat(espalier.err()).contains("ESPALIER_NO_SUCH_KEY");
        }
    }

    @Test
    void stopsAtTheBudgetAndGoesOnWithALargerOne() throws IOException {
        try (PlayedServer server = server(Faults.NONE)) {
            String prices = "prices: {input: 10, output: 10}\nbudget: ";
            assertThat(build(endpoints(server, "poor", prices + "0.50"), "poor"))
                    .isEqualTo(3);
            assertThat(espalier.err()).contains("budget of endpoint played is used up");
            int calls = server.counts().path("calls").asInt();
            assertThat(calls).isPositive();

            assertThat(build(endpoints(server, "poor", prices + "500"), "poor"))
                    .as(espalier.err())
                    .isZero();
            assertThat(server.counts().path("answered_twice").asInt()).isZero();
        }
    }

    @Test
    void importsPublishedRecordsAndWhatItExportedItself() throws IOException {
        Path pictures = folder.resolve("garden/images");
        String name;
        try (var files = Files.list(pictures)) {
            name = files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        Path records = folder.resolve("siuo_gen.json");
        Files.writeString(records, """
            [{"question_id": 7, "image": "%s", "question": "Can I?", "category": "morality",
              "safety_warning": "One should not.", "reference_answer": "Better not."}]\
            """.formatted(name));
        espalier.done("ssui import", "siuo:" + records + "=" + pictures, "--out", folder.resolve("imported"));
        assertThat(espalier.out()).contains("Made 1 draft in");

        espalier.done("ssui trace", folder.resolve("imported"), "siuo-7");
        assertThat(espalier.out())
                .contains("  Licence: CC-BY-NC-4.0")
                .contains("imported from siuo_gen.json (siuo), record 1")
                .contains("risk: unsafe\n  set by the reader of siuo records");

        Path data = folder.resolve("imported-data");
        espalier.done("ssui export", folder.resolve("imported"), "--out", data, "--unreviewed --splits test=1");
        SsuiSample sample = SsuiFile.read(data.resolve("ssui.jsonl")).getFirst();
        assertThat(sample.id()).isEqualTo("siuo-7");
        assertThat(Files.readString(data.resolve("README.md"))).contains("CC-BY-NC-4.0");

        Path again = folder.resolve("imported-again");
        espalier.done("ssui import", "ssui:" + data.resolve("ssui.jsonl"), "--out", again);
        assertThat(drafts("imported-again").keySet()).containsExactly("siuo-7");
    }

    @Test
    void picturesThatTheVerifierRefusesAreCountedAndAPromptIsPartOfTheIntake() throws IOException {
        Path refused = folder.resolve("refused-pool");
        Path prompt = Files.writeString(folder.resolve("mine.md"), "Is this picture harmless?");
        try (PlayedServer server = server(Faults.of("1:malformed", 1))) {
            Path endpoints = endpoints(server, "refusing", "");
            Object[] words = {
                "ssui intake",
                folder.resolve("garden/images"),
                "--limit 5 --out",
                refused,
                "--endpoints",
                endpoints,
                "--prompt",
                "safety=" + prompt
            };
            espalier.done(words);
            assertThat(espalier.out())
                    .contains("5 of those taken could not be verified (the answer could not be read): they are");
            assertThat(Json.parse(Files.readString(refused.resolve("intake.json")))
                            .path("unverified")
                            .asInt())
                    .isEqualTo(5);
            words[words.length - 1] = "safty=" + prompt;
            assertThat(espalier.run(words)).isEqualTo(2);
            assertThat(espalier.err()).contains("did you mean safety");
        }
    }

    @Test
    void picturesThatNobodyCouldLookAtAreLookedAtByTheSameCommand() throws IOException {
        Path late = folder.resolve("late-pool");
        Object[] words = {
            "ssui intake",
            folder.resolve("garden/images"),
            "--limit 5 --out",
            late,
            "--endpoints",
            folder.resolve("late.yaml")
        };
        try (PlayedServer server = server(Faults.of("1:429", 1))) {
            endpoints(server, "late", "retries: 0");
            assertThat(espalier.run(words)).isEqualTo(3);
            assertThat(espalier.out()).contains("the same command asks again about 5 of them");
        }
        try (PlayedServer server = server(Faults.NONE)) {
            endpoints(server, "late", "retries: 0");
            espalier.done(words);
        }
        assertThat(new Pool(late).read())
                .hasSize(5)
                .allSatisfy(picture -> assertThat(picture.safety().verdict()).isEqualTo(Safety.Verdict.SAFE));
    }

    @Test
    void oneAgentMayBeAskedOtherwiseThanTheOthers() throws IOException {
        Files.writeString(folder.resolve("short.md"), "You are the check agent. Be brief.");
        try (PlayedServer server = server(Faults.NONE)) {
            Path endpoints = endpoints(server, "own", "");
            Files.writeString(
                    endpoints,
                    Files.readString(endpoints)
                            + "\nagents:\n  check: {temperature: 0, max-tokens: 100, prompt: short.md}\n");
            assertThat(build(endpoints, "own", "--temperature", 0.5))
                    .as(espalier.err())
                    .isZero();
        }
        JsonNode settings = Json.parse(Files.readString(folder.resolve("own/run.json")));
        assertThat(Json.line(settings))
                .contains("\"check\":0.0,\"query\":0.5")
                .contains("\"check\":100,\"query\":2000")
                .contains(Sha256.of("You are the check agent. Be brief."));
    }

    @Test
    void aBuildOfWhichNothingIsLeftSaysSoAndNoMore() throws IOException {
        try (PlayedServer server = server(Faults.of("1:malformed", 5))) {
            assertThat(build(endpoints(server, "nothing", ""), "nothing", "--tries", 1))
                    .isEqualTo(1);
        }
        assertThat(espalier.run("ssui export", folder.resolve("nothing"), "--out", folder.resolve("none")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains(folder.resolve("nothing") + " has no drafts");
        assertThat(espalier.out())
                .contains(" pictures became 0 drafts.")
                .contains("with everything received")
                .doesNotContain("Review them");
        assertThat(Files.readString(folder.resolve("nothing/build.json"))).contains("\"spent\" : 0,");
        assertThat(Files.readString(folder.resolve("nothing/espalier.log")))
                .contains("building from " + pool)
                .contains("summary asks played: greenhouse")
                .containsPattern("query +\\d+ +0 +0 +\\d+ +0")
                .contains("dead letter query/")
                .contains("0 drafts, ");
    }

    /** What somebody has on a disk: drawings of the world, and pictures of their own in all formats, one of them torn. */
    private Path mixed(String name) throws IOException {
        Path own = folder.resolve(name);
        Files.createDirectories(own);
        try (Stream<Path> drawn = Files.list(folder.resolve("garden/images"))) {
            for (Path file : drawn.sorted().limit(6).toList()) {
                Files.copy(file, own.resolve(file.getFileName()));
            }
        }
        for (String format : List.of("bmp", "gif", "jpg")) {
            BufferedImage photo = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 120 * 90; i++) {
                photo.setRGB(i % 120, i / 120, i * format.hashCode());
            }
            assertThat(ImageIO.write(photo, format, own.resolve("own." + format).toFile()))
                    .isTrue();
        }
        Path taken = folder.resolve(name + "-pool");
        espalier.done("ssui intake", own, "--near -1 --out", taken);
        return taken;
    }

    private static PooledPicture picture(Path pool, String format) {
        return new Pool(pool)
                .read().stream()
                        .filter(one -> one.format().equals(format))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void anOddPictureStopsNoBuild() throws IOException {
        Path taken = mixed("mixed");
        PooledPicture bitmap = picture(taken, "bmp");
        // One that the server would find no pair for, so that most of what it drops is not its drawing.
        PooledPicture drawing = new Pool(taken)
                .read().stream()
                        .filter(one -> one.format().equals("png"))
                        .skip(2)
                        .findFirst()
                        .orElseThrow();
        Path torn = taken.resolve(drawing.image());
        Files.write(torn, "no picture any more".getBytes(StandardCharsets.UTF_8));
        try (PlayedServer server = server(Faults.NONE)) {
            Object[] words = {
                "ssui build --pool",
                taken,
                "--endpoints",
                endpoints(server, "mixed", ""),
                "--taxonomy",
                folder.resolve("garden/taxonomy.json"),
                "--out",
                folder.resolve("mixed-run"),
                "--dry-run"
            };
            espalier.done(words);
            assertThat(espalier.out())
                    .contains("  2 pictures sent to played as a smaller JPEG copy: ")
                    .contains(bitmap.image() + " is BMP", " is GIF")
                    .contains("  1 picture that would be dropped: The picture " + torn + " is not a JPEG");

            words[words.length - 1] = "--seed=0";
            espalier.done(words);
            assertThat(espalier.out())
                    .containsPattern("9 pictures became [1-5] draft")
                    .contains("1 dropped by query: its picture cannot be sent: " + torn + " is not a JPEG")
                    .containsPattern(
                            "[3-7] dropped by query: the query agent found no pair for the picture: (mostly: )?"
                                    + "This server plays the greenhouse and knows its drawings alone");
        }
    }

    @Test
    void picturesOfOnesOwnAgainstThePlayedServerEndWithWhyThereIsNoDraft() throws IOException {
        Path taken = mixed("strange");
        for (PooledPicture picture : new Pool(taken).read()) {
            if (picture.format().equals("png")) {
                espalier.done("ssui remove", taken, picture.id(), "--reason drawn");
                assertThat(new Pool(taken).file(picture)).doesNotExist();
            }
        }
        assertThat(new Pool(taken).read()).hasSize(3);
        assertThat(Files.readAllLines(taken.resolve("refused.jsonl")))
                .hasSize(6)
                .allMatch(line -> line.contains("\"reason\":\"removed\",\"what\":\"drawn\""));
        assertThat(Files.readString(taken.resolve("intake.json")))
                .contains("\"pooled\" : 3")
                .contains("\"removed\" : 6");
        assertThat(espalier.run("ssui remove", taken, "0123456789abcdef")).isEqualTo(2);
        assertThat(espalier.err()).contains("has no picture \"0123456789abcdef\"");
        try (PlayedServer server = server(Faults.NONE)) {
            assertThat(espalier.run(
                            "ssui build --pool",
                            taken,
                            "--endpoints",
                            endpoints(server, "strange", ""),
                            "--out",
                            folder.resolve("strange-run")))
                    .isEqualTo(1);
        }
        assertThat(espalier.out())
                .contains("3 pictures became 0 drafts.")
                .contains("This server plays the greenhouse and knows its drawings alone")
                .contains("There is no draft to review: no sample passed all agents.");
    }

    @Test
    void saysWhichWordIsWrong() throws IOException {
        try (PlayedServer server = server(Faults.NONE)) {
            Path endpoints = endpoints(server, "words", "");
            assertThat(build(endpoints, "words", "--prompt", "qery=x.md")).isEqualTo(2);
            assertThat(espalier.err()).contains("there is no agent 'qery'").contains("did you mean query");
            assertThat(espalier.run(
                            "ssui build --pool", folder.resolve("nowhere"), "--endpoints", endpoints, "--out x"))
                    .isEqualTo(2);
            assertThat(espalier.run("greenhouse serve --delay-ms -3")).isEqualTo(2);
            assertThat(espalier.err()).contains("a delay is at least 0");
        }
    }
}
