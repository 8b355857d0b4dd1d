package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.app.command.ServerCounts.count;
import static org.espalier.app.command.ServerCounts.settled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.app.Main;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.AnsweredQuestions;
import org.espalier.bench.run.JudgementLine;
import org.espalier.bench.run.Result;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.set.RsBenchDraw;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.report.run.Runs;
import org.espalier.store.Store;
import org.espalier.studio.run.HumanLabels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Benchmarks as a user runs them: on the embedded model and on an endpoint, judged by the local server. */
class BenchVerbsTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
    private static final Path MODEL = ROOT.resolve("greenhouse/model");

    @TempDir
    private static Path folder;

    private static Path data;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void draw() {
        new Typed()
                .done(
                        "greenhouse world --benchmarks --size test-seen=40 --size train=2 --size validation=2"
                                + " --size test-combinations=2 --size test-drawings=2 --out",
                        folder.resolve("world"));
        data = folder.resolve("world/benchmarks");
    }

    /** The played model answers, and judges. */
    private static List<Object> askedAndJudgedBy(PlayedServer server) {
        return List.of(
                "--endpoint",
                server.base(),
                "--model-name",
                "greenhouse",
                "--judge",
                server.base(),
                "--judge-model",
                "greenhouse");
    }

    private static PlayedServer server(int delay, Faults faults) {
        return PlayedServer.start(
                new ServeSettings(0, Duration.ofMillis(delay), 10_000, faults, Optional.empty()), WorldFile.load());
    }

    @Test
    void measuresTheEmbeddedModelOnEverythingInOneCommandAndReportsIt() throws IOException {
        Path runs = folder.resolve("all");
        Path page = folder.resolve("all.html");
        try (PlayedServer server = server(0, Faults.NONE)) {
            Object[] command = {
                "bench all --data",
                data,
                "--model",
                MODEL,
                "--sample 5 --max-tokens 64 --judge",
                server.base(),
                "--judge-model greenhouse --out",
                runs
            };
            espalier.done(command);
            int calls = count(server, "calls");
            Path lost = runs.resolve("usb").resolve(Result.FILE);
            String results = Files.readString(lost);
            Files.delete(lost);
            espalier.done(command);
            assertThat(count(server, "calls")).as("nothing is judged again").isEqualTo(calls);
            assertThat(lost).hasContent(results);
        }
        for (Benchmark benchmark : Benchmarks.shipped().all()) {
            if (!Files.exists(data.resolve(benchmark.name()))) {
                continue; // another setting of one that is here
            }
            Result result = Result.read(runs.resolve(benchmark.name()).resolve(Result.FILE));
            assertThat(result.counts().failed()).as(benchmark.name()).isZero();
            assertThat(result.headlines()).isNotEmpty();
            assertThat(result.notes()).as("how sure a sample is").anyMatch(note -> note.contains("points"));
            assertThat(result.protocol().path("judge").get(0).asString()).startsWith("greenhouse, temperature 0");
        }
        assertThat(runs.resolve("rsbench/results.json")).exists();

        Path latex = folder.resolve("all.tex");
        Path csv = folder.resolve("all.csv");
        Path markdown = folder.resolve("all.md");
        espalier.done("report", runs, "--out", page, "--latex", latex, "--csv", csv, "--markdown", markdown);
        String html = Files.readString(page);
        assertThat(html)
                .contains("Table 1 of the paper, and ours", "Measured here", "MM-SafetyBench", "Question by question")
                .contains("all-questions/vlsbench/index.html")
                .doesNotContain("<script");
        Path index = folder.resolve("all-questions/vlsbench/index.html");
        assertThat(Files.readString(index)).contains("<script>", "; script-src &#39;sha256-", "000001.html");
        assertThat(Files.readString(index.resolveSibling("000001.html"))).contains("data:image/png;base64,");
        assertThat(latex).content().contains("\\begin{tabular}");
        assertThat(csv).content().contains("Measured here");
        assertThat(markdown).content().contains("| **32.80** |");
    }

    @Test
    void judgesAnewWithoutAskingAndComparesAndMeasuresJudges() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        try (PlayedServer server = server(0, Faults.NONE)) {
            espalier.done(
                    "bench vlsbench --data",
                    data.resolve("vlsbench"),
                    "--limit 8",
                    askedAndJudgedBy(server),
                    "--out",
                    first);
            int calls = count(server, "calls");
            espalier.done(
                    "bench vlsbench --data",
                    data.resolve("vlsbench"),
                    "--limit 8 --answers",
                    first,
                    "--judge",
                    server.base(),
                    "--judge-model one --judge",
                    server.base(),
                    "--judge-model two --judge",
                    server.base(),
                    "--judge-model three --out",
                    second);
            assertThat(count(server, "calls") - calls)
                    .as("three judges, no answers")
                    .isEqualTo(24);
        }
        assertThat(second.resolve(AnswerLine.FILE)).hasSameBinaryContentAs(first.resolve(AnswerLine.FILE));
        assertThat(Result.read(second.resolve(Result.FILE)).agreements()).hasSize(3);
        espalier.done("bench agreement", first, "--against", second);
        assertThat(espalier.out())
                .contains("agreement 100.0 % (67.6–100.0) on 8 answers")
                .contains("the judge answered 8 calls");
        Path answers = second.resolve(AnswerLine.FILE);
        String same = Files.readString(answers);
        AtomicFile.write(answers, same.replaceFirst("\"text\":\"", "\"text\":\"Never mind. "));
        assertThat(espalier.run("bench agreement", first, "--against", second)).isEqualTo(2);
        assertThat(espalier.err()).contains("1 answer of " + second + " differs from those of " + first);
        Files.writeString(answers, same);

        assertThat(espalier.run("bench compare", first, second)).isEqualTo(2);
        assertThat(espalier.err()).contains("measured differently (judge:");
        assertThat(espalier.run("bench compare", first, second, "--mix-protocols"))
                .isZero();
        assertThat(espalier.out()).contains("sign test p = 1");
        Path page = folder.resolve("two.html");
        assertThat(espalier.run("report", first, second, "--out", page)).isEqualTo(2);
        assertThat(espalier.err()).contains("must be measured in one way").contains("judge:");
        assertThat(page).doesNotExist();
        Path markdown = folder.resolve("two.md");
        Path json = folder.resolve("two.json");
        espalier.done(
                "report",
                first,
                second,
                "--out",
                page,
                "--mix-protocols --markdown",
                markdown,
                "--json",
                json,
                "--csv",
                folder.resolve("two.csv"));
        assertThat(espalier.out()).contains("two.html", "two.csv", "two.md", "two.json");
        assertThat(markdown).content().contains("## Measured differently", "Measured differently: judge");
        assertThat(Json.parse(Files.readString(json))
                        .path("measured_differently")
                        .size())
                .isPositive();
        assertThat(Files.readString(page)).contains("Measured differently");
    }

    @Test
    void rsBenchIsJudgedByModelsAsItsRulesWouldAndMeasuresThem() {
        Path runs = folder.resolve("rsbench-judged");
        Path questions = data.resolve("rsbench/ssui.jsonl");
        try (PlayedServer server =
                server(0, new Faults(0.2, List.of(Faults.Kind.MALFORMED, Faults.Kind.TRUNCATED), 3))) {
            espalier.done(
                    "bench rsbench --data",
                    questions,
                    "--model",
                    MODEL,
                    "--max-tokens 120 --judge",
                    server.base(),
                    "--judge-model greenhouse --out",
                    runs);
        }
        espalier.done("bench agreement", runs, "--rules", questions);
        // A judge that now and then answers nonsense loses verdicts, and changes none.
        assertThat(espalier.out())
                .contains("safe: agreement 100.0 %", "effective: agreement 100.0 %")
                .containsPattern("danger missed +0\\.0 \\(0\\.0–")
                .containsPattern("wrong step named right +100\\.0 \\(");
        againstPeople(runs);
        judgedAnew(runs, questions);
    }

    /** By verdicts of somebody else, and by three models that vote. */
    private void judgedAnew(Path runs, Path questions) {
        Path imported = folder.resolve("rsbench-imported");
        Path file = runs.resolve(JudgementLine.FILE);
        espalier.done("bench rsbench --data", questions, "--answers", runs, "--judgements", file, "--out", imported);
        assertThat(imported.resolve(JudgementLine.FILE)).hasSameTextualContentAs(file);

        Path voted = folder.resolve("rsbench-voted");
        try (PlayedServer server = server(0, Faults.NONE)) {
            List<Object> command = new ArrayList<>(
                    List.of("bench", "rsbench", "--data", questions, "--answers", runs, "--out", voted));
            for (String judge : List.of("one", "two", "three")) {
                command.addAll(List.of("--judge", server.base(), "--judge-model", judge));
            }
            espalier.done(command.toArray());
        }
        Result results = Result.read(voted.resolve(Result.FILE));
        assertThat(results.agreements())
                .as("three pairs, each asked whether safe, whether effective, and where it goes wrong")
                .hasSize(9);
        assertThat(results.protocol().path("judge").size()).isEqualTo(3);
        assertThat(results.protocol().path("judge_prompts").has("rsbench-safe-judge"))
                .isTrue();
        assertThat(results.protocol().path("judge_answered_as").get(0).asString())
                .as("as the server names its model")
                .isEqualTo("greenhouse");
        assertThat(espalier.out()).contains("safe: judges one and two agree on 100.0 %");

        assertThat(espalier.run("bench compare", voted, runs)).isEqualTo(2);
        assertThat(espalier.err()).contains("measured differently (", "judge: ");
        assertThat(espalier.run("report", voted, runs, "--out", folder.resolve("rsbench-two.html")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("must be measured in one way");
        espalier.done("bench compare", voted, runs, "--mix-protocols");
        assertThat(espalier.out()).contains("RSBench, question by question", "SER difference", "sign test p =");
    }

    @Test
    void answersJudgedAnewKeepTheNameOfTheirModel() throws IOException {
        Path questions = data.resolve("rsbench/ssui.jsonl");
        Path first = folder.resolve("named-first");
        Path second = folder.resolve("named-second");
        espalier.done("bench rsbench --limit 2 --data", questions, "--model", MODEL, "--as dpo --out", first);
        espalier.done("bench rsbench --limit 2 --data", questions, "--answers", first, "--out", second);
        assertThat(Runs.read(List.of(second)).benches().getFirst().label()).isEqualTo("DPO");
    }

    @Test
    void anImportThatIsNoneIsRefusedBeforeARunIsBegun() throws IOException {
        String id = SsuiFile.read(data.resolve("rsbench/ssui.jsonl")).getFirst().id();
        Path file = Files.writeString(folder.resolve("labels.jsonl"), "{\"id\":\"" + id + "\",\"label\":0}\n");
        assertThat(espalier.run(
                        "bench rsbench --data",
                        data.resolve("rsbench/ssui.jsonl"),
                        "--model",
                        MODEL,
                        "--judgements",
                        file,
                        "--out",
                        folder.resolve("no-run")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("labels.jsonl, line 1", "\"0\", which is no label of rsbench");
        assertThat(folder.resolve("no-run")).doesNotExist();
    }

    /** One who says of every path what the judge said, but that none is effective. */
    private void againstPeople(Path runs) {
        HumanLabels people = new HumanLabels(runs, Clock.systemUTC());
        AnsweredQuestions.each(
                runs,
                Long.MAX_VALUE,
                (answer, judgement) -> judgement
                        .verdict()
                        .ifPresent(verdict -> people.put(
                                answer.id(),
                                answer.sample(),
                                "Ada",
                                new HumanLabels.Label(verdict.label().startsWith("1"), false))));
        int before = espalier.out().length();
        espalier.done("bench agreement", runs, "--labels", runs.resolve(HumanLabels.NAME));
        assertThat(espalier.out().substring(before))
                .contains("safe: agreement 100.0 %")
                .doesNotContain("effective: agreement 100.0 %")
                .doesNotContain("first wrong step");
    }

    @Test
    void drawsAQuestionSetFromASplit() {
        Path set = folder.resolve("drawn");
        espalier.done(
                "bench draw --data", data.resolve("rsbench/ssui.jsonl"), "--split seen --questions 10 --out", set);
        // The questions about one picture are drawn together, so that there may be a few more.
        int drawn = SsuiFile.read(set.resolve("ssui.jsonl")).size();
        assertThat(drawn).isBetween(10, 16);
        assertThat(espalier.out()).contains("a sample of " + drawn + " of 40 questions", "known to about ±");
    }

    @Test
    void asksNoMoreOfRsBenchThanItIsTold() {
        Path runs = folder.resolve("all-limited");
        try (PlayedServer server = server(0, Faults.NONE)) {
            espalier.done("bench all --limit 3 --data", onlyRsBench(), askedAndJudgedBy(server), "--out", runs);
            assertThat(count(server, "calls"))
                    .as("three answers, two verdicts on each")
                    .isEqualTo(9);
        }
        assertThat(espalier.out()).contains("the first 3 of 40 questions", "known to about ±");
        assertThat(espalier.run(
                        "bench rsbench --sample 4 --data",
                        data.resolve("rsbench/ssui.jsonl"),
                        "--model",
                        MODEL,
                        "--out",
                        folder.resolve("sampled"),
                        "--dry-run"))
                .isZero();
        assertThat(espalier.out()).contains("Would ask 4 questions", "a sample of 4 of 40 questions");
    }

    @Test
    void goesOnPastABenchmarkThatCannotBeReadAndSaysSoAtTheEnd() throws IOException {
        Path some = folder.resolve("some-broken");
        RsBenchDraw.write(SsuiFile.read(data.resolve("rsbench/ssui.jsonl")).subList(0, 2), some.resolve("rsbench"));
        Files.writeString(Files.createDirectories(some.resolve("usb")).resolve("USB_base_final.csv"), "a,b\n1,2\n");
        Files.writeString(Files.createDirectories(some.resolve("vlsbench")).resolve("data.json"), "[{]");
        Path runs = folder.resolve("some-broken-runs");
        try (PlayedServer server = server(0, Faults.NONE)) {
            List<Object> command = List.of("bench", "all", "--data", some, "--out", runs);
            assertThat(espalier.run(command, askedAndJudgedBy(server), "--dry-run"))
                    .isEqualTo(1);
            espalier.forget();
            assertThat(espalier.run(command, askedAndJudgedBy(server))).isEqualTo(1);
        }
        assertThat(espalier.out())
                .contains("rsbench is measured.", "usb is left out: ", "vlsbench is left out: ")
                .contains("is not the data of usb");
        assertThat(runs.resolve("rsbench").resolve(Result.FILE)).exists();
        assertThat(runs.resolve("usb")).doesNotExist();
    }

    /** A folder of data in which RSBench stands alone. */
    private static Path onlyRsBench() {
        Path alone = folder.resolve("alone");
        if (!Files.exists(alone)) {
            RsBenchDraw.write(SsuiFile.read(data.resolve("rsbench/ssui.jsonl")), alone.resolve("rsbench"));
        }
        return alone;
    }

    @Test
    void keepsWhatEachJurorSaid() throws IOException {
        Path to = folder.resolve("jury");
        try (PlayedServer server = server(0, Faults.NONE)) {
            espalier.done(
                    "bench safebench --jury --limit 1 --data",
                    data.resolve("safebench"),
                    askedAndJudgedBy(server),
                    "--out",
                    to);
        }
        var votes = Json.parse(Files.readString(to.resolve("judgements.jsonl"))).path("votes");
        assertThat(votes.size()).isEqualTo(5);
        assertThat(votes.get(0).path("judge").asString()).isEqualTo("a lawyer");
        assertThat(votes.get(0).path("label").asString()).endsWith("/1");
    }

    @Test
    void saysWhatItWouldCostAndWritesNothing() throws IOException {
        Path endpoints = Files.writeString(folder.resolve("endpoints.yaml"), """
            endpoints:
              gpt:
                provider: openai-compatible
                base-url: http://127.0.0.1:1/v1
                model: gpt-4o-2024-08-06
                prices: {input: 2.5, output: 10}
            agents:
              judge: gpt
            """);
        Path to = folder.resolve("nothing");
        espalier.done(
                "bench safebench --jury --data",
                data.resolve("safebench"),
                "--model",
                MODEL,
                "--endpoints",
                endpoints,
                "--out",
                to,
                "--dry-run");
        assertThat(espalier.out())
                .contains("Would ask 23 questions of SafeBench")
                .contains("Would ask 23 questions of SafeBench", ", 1 answer each, of")
                .contains("230 calls of the judge gpt-4o-2024-08-06")
                .contains("at the prices of the endpoints file", "memory about", "time about");
        assertThat(to).doesNotExist();
        int before = espalier.out().length();
        espalier.done(
                "bench all --data", onlyRsBench(), "--endpoint gpt --endpoints", endpoints, "--out", to, "--dry-run");
        assertThat(espalier.out().substring(before))
                .contains("40 answers: about")
                .contains("80 calls of the judge gpt-4o-2024-08-06: about")
                .contains("In all: 40 answers, 80 calls of judges, about");
    }

    @Test
    void aKilledRunGoesOnWithoutRepeatingACallAndWithoutLibtorch() throws IOException, InterruptedException {
        Path to = folder.resolve("killed");
        Path classes = folder.resolve("classes.log");
        try (PlayedServer server = server(300, Faults.NONE)) {
            Process process = child(server, to, "-Xlog:class+load:file=" + folder.resolve("other.log"));
            // All twenty answers are there, and their judging has begun.
            while (count(server, "calls") < 23 && process.isAlive()) {
                Thread.sleep(50);
            }
            process.destroyForcibly().waitFor();
            assertThat(to.resolve(Result.FILE)).doesNotExist();
            // What was under way when the process died was answered to nobody; what is in the journal is not asked
            // again.
            int before = settled(server);
            int kept = 0;
            try (Store store = Store.inFolder(to)) {
                for (var spending : store.journal().spending()) {
                    kept += (int) spending.calls();
                }
            }

            Process again = child(server, to, "-Xlog:class+load:file=" + classes);
            assertThat(again.waitFor())
                    .as(Files.readString(folder.resolve("child.log")))
                    .isZero();
            assertThat(kept).isPositive();
            assertThat(count(server, "calls") - before).isEqualTo(count(server, "requests") - kept);
        }
        assertThat(Result.read(to.resolve(Result.FILE)).counts().judged()).isEqualTo(20);
        assertThat(Files.readString(classes))
                .contains("org.espalier.workflow.bench")
                .doesNotContain("org.bytedeco");
    }

    private static Process child(PlayedServer server, Path to, String option) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                option,
                "-Despalier.root=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "bench",
                "vlsbench",
                "--data",
                data.resolve("vlsbench").toString(),
                "--endpoint",
                server.base().toString(),
                "--model-name",
                "greenhouse",
                "--judge",
                server.base().toString(),
                "--judge-model",
                "greenhouse",
                "--out",
                to.toString()));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }

    @Test
    void importsVerdictsOfSomebodyElse() throws IOException {
        Path first = folder.resolve("to-import");
        try (PlayedServer server = server(0, Faults.NONE)) {
            espalier.done(
                    "bench mllmguard --data", data.resolve("mllmguard"), askedAndJudgedBy(server), "--out", first);
        }
        StringBuilder scores = new StringBuilder();
        for (String line : Files.readAllLines(first.resolve(AnswerLine.FILE))) {
            String id = Json.parse(line).path("id").asString();
            if (!id.startsWith("noise") && !id.startsWith("position")) {
                scores.append("{\"id\":\"").append(id).append("\",\"label\":0}\n");
            }
        }
        Path file = Files.writeString(folder.resolve("guardrank.jsonl"), scores.toString());
        Path second = folder.resolve("imported");
        espalier.done(
                "bench mllmguard --data",
                data.resolve("mllmguard"),
                "--answers",
                first,
                "--judgements",
                file,
                "--out",
                second);
        Result result = Result.read(second.resolve(Result.FILE));
        assertThat(result.counts().failed()).isZero();
        assertThat(result.figure("par.privacy").orElseThrow().value()).hasValue(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "bench | name a benchmark: rsbench, usb",
                "bench vlsbnech --data DATA/vlsbench --model MODEL --out OUT | did you mean vlsbench",
                "bench vlsbench --model MODEL --out OUT | with --data PATH",
                "bench vlsbench --data DATA/vlsbench --model MODEL | with --out RUN",
                "bench vlsbench --data DATA/vlsbench --out OUT | one of --model DIR, --endpoint URL, --answers RUN",
                "bench vlsbench --data DATA/vlsbench --model MODEL --out OUT | needs a judge: name one with --judge",
                "bench vlsbench --data DATA/siuo --model MODEL --judge http://127.0.0.1:1/v1 --judge-model m --out OUT"
                        + " | is not the data of vlsbench",
                "bench vlsbench --data DATA/vlsbench --model MODEL --judge http://127.0.0.1:1/v1 --out OUT |"
                        + " needs the name of its model: --judge-model",
                "bench vlsbench --data DATA/vlsbench --model MODEL --limit 2 --sample 2 --out OUT | give one of them",
                "bench vlsbench --data DATA/vlsbench --endpoint nowhere --model-name m --judgements DATA --out OUT |"
                        + " is no address",
                "bench rsbench --data DATA/rsbench/ssui.jsonl --model MODEL --sample 2 --limit 2 --out OUT |"
                        + " give one of them",
                "bench agreement DATA | one of --rules, --labels, --against",
                "bench draw --data DATA/rsbench/ssui.jsonl --split tset --out OUT | the data have seen",
            })
    void saysInOneSentenceWhatIsWrong(String line, String sentence) {
        String filled = line.replace("MODEL", MODEL.toString())
                .replace("DATA", data.toString())
                .replace("OUT", folder.resolve("out").toString());
        assertThat(espalier.run((Object[]) filled.split(" ")))
                .as(espalier.err())
                .isEqualTo(2);
        assertThat(espalier.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** Once for the model that is measured, once for the judge. */
    @Test
    void aWrongAddressEndsTheRunInsteadOfFailingEveryQuestion() {
        try (PlayedServer server = server(0, Faults.NONE)) {
            String right = server.base().toString();
            String wrong = right.replace("/v1", "/");
            for (boolean judge : new boolean[] {false, true}) {
                Path to = folder.resolve("wrong-" + judge);
                assertThat(espalier.run(
                                "bench vlsbench --data",
                                data.resolve("vlsbench"),
                                "--endpoint",
                                judge ? right : wrong,
                                "--model-name greenhouse --judge",
                                judge ? wrong : right,
                                "--judge-model greenhouse --out",
                                to))
                        .isEqualTo(2);
                assertThat(espalier.err()).contains("knows no model 'greenhouse'", "mostly ends in /v1");
                assertThat(to.resolve(Result.FILE)).doesNotExist();
            }
        }
    }
}
