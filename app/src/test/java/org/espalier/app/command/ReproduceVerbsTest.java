package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's experiment as a plan, and the same plan run to its end in small. */
class ReproduceVerbsTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
    private static final Path MODEL = ROOT.resolve("greenhouse/model");
    private static final List<String> BENCHMARKS =
            List.of("usb", "mllmguard", "mssbench", "safebench", "vlsbench", "rsbench");

    @TempDir
    Path folder;

    private final Typed espalier = new Typed();

    private List<Object> small(Path out) throws IOException {
        Path recipe = Files.writeString(folder.resolve("small.yaml"), """
            preset: paper
            explore: {trunk-attempts: 4, branch-samples: 3, max-tokens: 144, examples: 0, steps: newline}
            train: {learning-rate: 1e-3, epochs: 1}
            bench: {max-tokens: 40, steps: newline, decoding: greedy}
            """);
        return List.of("reproduce", "greenhouse", "--questions", "8", "--ask", "1", "--recipe", recipe, "--out", out);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void thePlanRunsToItsEndInSmallAndGoesOnWhereItWasStopped() throws IOException {
        Path out = folder.resolve("small");
        espalier.done(small(out), "--model", MODEL);

        Path runs = out.resolve("qwen2_5_vl");
        for (String benchmark : BENCHMARKS) {
            for (String model : List.of("base", "sft", "dpo", "orpo", "srpo")) {
                Path results = runs.resolve("bench-" + model + "-" + benchmark + "/results.json");
                assertThat(Json.parse(text(results))
                                .path("whole")
                                .path("figures")
                                .size())
                        .as(results.toString())
                        .isPositive();
            }
            assertThat(text(runs.resolve("bench-srpo-" + benchmark + "/judgements.jsonl")))
                    .isNotEmpty();
        }
        assertThat(text(out.resolve("report.html"))).contains("USB", "RSBench", "qwen2_5_vl + srpo");

        String lost = text(runs.resolve("bench-srpo-vlsbench/answers.jsonl"));
        delete(runs.resolve("bench-srpo-vlsbench"));
        Object kept = Files.getLastModifiedTime(runs.resolve("bench-dpo-usb/results.json"));
        espalier.done(small(out), "--model", MODEL);
        assertThat(text(runs.resolve("bench-srpo-vlsbench/answers.jsonl"))).isEqualTo(lost);
        assertThat(Files.getLastModifiedTime(runs.resolve("bench-dpo-usb/results.json")))
                .isEqualTo(kept);

        Typed again = new Typed();
        again.done(small(out), "--dry-run --model", MODEL);
        assertThat(again.out())
                .contains("37 steps", "qwen2_5_vl/explore *", "qwen2_5_vl/train-srpo *", "bench-srpo-rsbench *")
                .contains("sizes and lengths are those of the files that are here", "nothing is missing");
    }

    @Test
    void bothBaseModelsAreLaidOutAndNothingIsWritten() throws IOException {
        Path out = folder.resolve("two");

        espalier.done(small(out), "--dry-run");

        assertThat(espalier.out())
                .contains("2 base models × 4 methods; 6 benchmarks; 72 steps")
                .contains("qwen2_5_vl/train-orpo", "llava_next/bench-dpo-mssbench");
        assertThat(out).doesNotExist();
    }

    @Test
    void thePapersExperimentIsToldInHoursTokensAndMoneyWithWhatIsMissing() throws IOException {
        Path judge = Files.writeString(folder.resolve("judge.yaml"), """
            endpoints:
              judge: {provider: openai, model: a-judge, key-env: NO_SUCH_KEY, prices: {input: 2.5, output: 10}}
            """);
        Path out = folder.resolve("paper");
        List<Object> words = List.of(
                "reproduce",
                "paper",
                "--data",
                folder.resolve("none"),
                "--benchmarks",
                folder.resolve("nor"),
                "--endpoints",
                judge,
                "--out",
                out);

        espalier.done(words, "--dry-run --machine a100 --device-hour 2");

        List<String> lines = espalier.out()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
        // ⌈4,779 · 3 / 8⌉ = 1,793 steps of 8 questions of 800 + 64 + 5 · 40 tokens.
        assertThat(lines).anyMatch(line -> line.matches("qwen2.5-vl-7b/train-sft \\d+\\.\\d\\d 15,262,016"));
        // 2,241 calls of 600 + 800 + 64 tokens in and 120 out, at 2.50 and 10 a million.
        assertThat(lines)
                .anyMatch(line -> line.startsWith("qwen2.5-vl-7b/bench-srpo-vlsbench ")
                        && line.endsWith(" 2,241 3,549,744 10.89"));
        // All calls: five models of two bases, 13,175 + 1,500 + 1,820 + 2,300 + 2,241 + 2 · 500 each.
        assertThat(lines).anyMatch(line -> line.startsWith("together ") && line.contains(" 220,360 "));
        assertThat(espalier.out())
                .contains("2 base models × 4 methods; 6 benchmarks; 71 steps", "8 devices", "assumed, not measured")
                .contains("the questions to train on are not here", "the data of VLSBench are not here")
                .contains("the judge a-judge cannot be asked");
        assertThat(out).doesNotExist();

        assertThat(espalier.run(words.toArray())).isEqualTo(2);
        assertThat(espalier.err()).contains("the experiment cannot begin: ", " more that --dry-run tells");
        assertThat(out).doesNotExist();
    }

    @Test
    void moreDevicesTakeLessTimeByTheClockAndNoLessMoney() {
        espalier.done("reproduce paper --dry-run --machine h100 --devices 1 --device-hour 3");
        Typed eight = new Typed();
        eight.done("reproduce paper --dry-run --machine h100 --devices 8 --device-hour 3");

        assertThat(line(eight.out(), "money: ")).isEqualTo(line(espalier.out(), "money: "));
        assertThat(line(eight.out(), "by the clock")).isNotEqualTo(line(espalier.out(), "by the clock"));
    }

    private static String line(String text, String with) {
        return text.lines().filter(line -> line.contains(with)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "paper --dry-run --machine b200, there is no machine",
        "paper --dry-run --base gpt=., there is no base model of the paper",
        "paper --dry-run --devices 0, --devices is a number from 1",
        "greenhouse --dry-run --questions 3, --questions is an even number",
    })
    void refusesWhatCannotBe(String words, String why) {
        assertThat(espalier.run("reproduce " + words)).isEqualTo(2);
        assertThat(espalier.err()).contains(why);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
