package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.JudgeErrors;
import org.espalier.greenhouse.serve.PathErrors;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RSBench's judges over the whole way: played with known rates of errors, measured by the verb against the exact rules. */
class JudgeErrorsTest {
    private static final Pattern RATE =
            Pattern.compile("(?m)^  ([a-z -]+?) +([\\d.]+) \\(([\\d.]+)–([\\d.]+)\\)  (\\d+) of (\\d+)");

    @TempDir
    private Path folder;

    private final Typed espalier = new Typed();

    private static PlayedServer server(PathErrors errors) {
        return PlayedServer.start(
                new ServeSettings(
                        0,
                        Duration.ZERO,
                        10_000,
                        Faults.NONE,
                        new JudgeErrors(0, 0, errors, errors.seed()),
                        Optional.empty()),
                WorldFile.load());
    }

    @Test
    void theRatesOfPlayedJudgesAreFoundWithinTheirIntervals() {
        espalier.done(
                "greenhouse world --size test-seen=80 --size train=2 --size validation=2 --size test-combinations=2"
                        + " --size test-drawings=2 --out",
                folder.resolve("world"));
        Path data = folder.resolve("world/test-seen/ssui.jsonl");
        Path run = folder.resolve("run");
        try (PlayedServer server = server(PathErrors.of(
                "danger-missed=0.2,danger-invented=0.1,use-missed=0.15,use-invented=0.3,step-misnamed=0.25", 7))) {
            espalier.done(
                    "bench rsbench --paths 3 --decoding sample --temperature 1 --data",
                    data,
                    "--endpoint",
                    server.base(),
                    "--model-name greenhouse --judge",
                    server.base(),
                    "--judge-model greenhouse --out",
                    run);
        }
        espalier.forget();
        espalier.done("bench agreement", run, "--rules", data);

        Map<String, Double> known = new TreeMap<>(Map.of(
                "danger missed", 20.0,
                "danger invented", 10.0,
                "use missed", 15.0,
                "use invented", 30.0,
                "under-refusal missed", 20.0,
                "wrong step named right", 75.0));
        // Two rates may be of the same paths: where every harmful answer is an answer to an unsafe question.
        Set<String> missed = new TreeSet<>();
        for (Matcher rates = RATE.matcher(espalier.out()); rates.find(); ) {
            Double truth = known.remove(rates.group(1));
            double low = Double.parseDouble(rates.group(3));
            double high = Double.parseDouble(rates.group(4));
            if (truth != null && (truth < low || truth > high)) {
                missed.add(
                        rates.group().strip().substring(rates.group(1).length()).strip());
            }
            assertThat(high - low).as(rates.group()).isLessThan(40);
        }
        assertThat(known).as(espalier.out()).isEmpty();
        // Six intervals of 95 %.
        assertThat(missed).as(espalier.out()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aCheckpointJudgesByWhatItsOwnAnswersSay() throws IOException {
        espalier.done(
                "greenhouse world --size test-seen=12 --size train=2 --size validation=2 --size test-combinations=2"
                        + " --size test-drawings=2 --out",
                folder.resolve("small"));
        Path data = folder.resolve("small/test-seen/ssui.jsonl");
        Path model = Path.of(System.getProperty("espalier.root")).resolve("greenhouse/model");
        Path run = folder.resolve("greedy");
        espalier.done("bench rsbench --decoding greedy --data", data, "--model", model, "--out", run);
        Path verdicts = folder.resolve("verdicts.jsonl");
        espalier.done("greenhouse judge --answers", run, "--data", data, "--model", model, "--out", verdicts);
        Path judged = folder.resolve("judged");
        espalier.done("bench rsbench --data", data, "--answers", run, "--judgements", verdicts, "--out", judged);
        espalier.forget();
        espalier.done("bench agreement", judged, "--rules", data);
        assertThat(espalier.out()).contains("in which ways it errs").containsPattern("(danger|use) (missed|invented)");
        assertThat(Files.readAllLines(verdicts)).isNotEmpty().allMatch(line -> line.contains("\"label\":\""));
    }

    @Test
    void ratesThatAreNoneAreRefused() {
        for (String words : List.of("danger=0.2", "danger-missed", "danger-missed=2", "use-missed=x")) {
            assertThat(espalier.run("greenhouse serve --port 0 --judge-errors", words))
                    .isEqualTo(2);
        }
        assertThat(espalier.err())
                .contains("'danger=0.2' is no error of a judge: write KIND=RATE, with danger-missed, danger-invented")
                .contains("'danger-missed' says no rate")
                .contains("that of danger-missed is 2.0")
                .contains("'use-missed=x' says no rate");
    }
}
