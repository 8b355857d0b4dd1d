package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.bench.rsbench.Comparison;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.bench.run.Protocol;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.bench.run.RunComparison;
import org.espalier.bench.run.UnitLine;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.SignTest;
import org.espalier.core.InputException;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;
import tools.jackson.databind.JsonNode;

/**
 * Two runs of a benchmark compared question by question.
 *
 * @param lines for a terminal
 */
public record RunsSideBySide(List<String> lines) {
    private static final String RSBENCH = "rsbench";

    public RunsSideBySide {
        lines = List.copyOf(lines);
    }

    /** @param mix whether runs of different protocols are compared all the same */
    public static RunsSideBySide of(Path one, Path other, boolean mix) {
        String first = ResultFile.benchmark(one.resolve(Result.FILE));
        String second = ResultFile.benchmark(other.resolve(Result.FILE));
        if (!first.equals(second)) {
            throw new InputException(one + " is a run of " + first + " and " + other + " one of " + second
                    + ": only runs of one benchmark can be compared");
        }
        return new RunsSideBySide(first.equals(RSBENCH) ? rsbench(one, other, mix) : suite(one, other, mix));
    }

    private static List<String> suite(Path one, Path other, boolean mix) {
        Result first = ResultFile.read(one.resolve(Result.FILE));
        Result second = ResultFile.read(other.resolve(Result.FILE));
        List<String> lines = new ArrayList<>(
                List.of(first.title() + ", question by question: " + first.subject() + " against " + second.subject()));
        lines.addAll(differences(first.protocol(), second.protocol(), mix));
        RunComparison.of(
                        merits(one),
                        merits(other),
                        Bootstrap.of(first.bootstrap().seed()))
                .ifPresentOrElse(
                        it -> lines.addAll(lines(
                                "", it.difference(), it.interval(), it.units(), it.apart(), it.signs(), it.ties())),
                        () -> lines.add(NOTHING));
        return lines;
    }

    private static List<String> rsbench(Path one, Path other, boolean mix) {
        BenchRun first = bench(one, other);
        BenchRun second = bench(other, one);
        List<String> lines = new ArrayList<>(List.of("RSBench, question by question: "
                + first.method().label() + " against " + second.method().label()));
        lines.addAll(differences(first.protocol(), second.protocol(), mix));
        for (Rate rate : Rate.values()) {
            Optional<Comparison> of = Comparison.of(
                    first.counts(),
                    second.counts(),
                    Slice.ALL,
                    rate,
                    first.results().bootstrap());
            of.ifPresent(it -> lines.addAll(lines(
                    rate.symbol() + " ",
                    100 * it.difference(),
                    new Interval(100 * it.interval().low(), 100 * it.interval().high()),
                    it.questions(),
                    it.apart(),
                    it.signs(),
                    it.ties())));
            if (of.isEmpty()) {
                lines.add(NOTHING);
                return lines;
            }
        }
        return lines;
    }

    /** Told apart from the other where both have one name. */
    private static BenchRun bench(Path run, Path beside) {
        Path whole = run.toAbsolutePath().normalize();
        return Runs.read(List.of(run, beside)).benches().stream()
                .filter(bench ->
                        bench.info().folder().toAbsolutePath().normalize().equals(whole))
                .findFirst()
                .orElseThrow(() -> new InputException(run + " holds no run: name the folder of one"));
    }

    private static final String NOTHING = "  the two have no question in common that counts in both";

    private static List<String> differences(JsonNode one, JsonNode other, boolean mix) {
        List<String> differences = Protocol.differences(one, other);
        if (!differences.isEmpty() && !mix) {
            throw new InputException("the two runs were measured differently (" + String.join("; ", differences)
                    + "): a difference between them says nothing of the models; --mix-protocols compares all the same");
        }
        return differences.stream()
                .map(difference -> "  measured differently: " + difference)
                .toList();
    }

    private static RunComparison.Merits merits(Path run) {
        RunComparison.Merits merits = new RunComparison.Merits();
        UnitLine.each(run, unit -> {
            if (unit.outcome().isPresent()) {
                merits.add(unit.unit(), unit.merit());
            }
        });
        return merits;
    }

    private static List<String> lines(
            String of, double difference, Interval interval, int units, int apart, SignTest signs, int ties) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "  %sdifference %+.1f points (%+.1f to %+.1f) over %d questions%s",
                        of,
                        difference,
                        interval.low(),
                        interval.high(),
                        units,
                        apart == 0 ? "" : "; " + apart + " count in only one of them and are left out"),
                String.format(
                        Locale.ROOT,
                        "  better on %d, equal on %d, worse on %d; sign test p = %.3g",
                        signs.better(),
                        ties,
                        signs.worse(),
                        signs.probability()));
    }
}
