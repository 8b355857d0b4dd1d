package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.bench.run.Protocol;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.run.RunComparison;
import org.espalier.bench.run.UnitMerits;
import org.espalier.bench.suite.Slice;
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
    public RunsSideBySide {
        lines = List.copyOf(lines);
    }

    /** @param mix whether runs of different protocols are compared all the same */
    public static RunsSideBySide of(Path one, Path other, boolean mix) {
        List<BenchRun> runs = Runs.read(List.of(one, other)).benches();
        BenchRun first = find(runs, one);
        BenchRun second = find(runs, other);
        if (!first.result().benchmark().equals(second.result().benchmark())) {
            throw new InputException(one + " is a run of " + first.result().benchmark() + " and " + other + " one of "
                    + second.result().benchmark() + ": only runs of one benchmark can be compared");
        }
        List<String> lines = new ArrayList<>(List.of(
                first.result().title() + ", question by question: " + first.label() + " against " + second.label()));
        lines.addAll(differences(first.result().protocol(), second.result().protocol(), mix));
        UnitMerits ones = UnitMerits.read(one);
        UnitMerits others = UnitMerits.read(other);
        for (String merit : merits(first, ones)) {
            Optional<RunComparison> of = RunComparison.of(
                    ones, others, merit, Slice.ALL, first.result().bootstrap());
            if (of.isPresent()) {
                lines.addAll(lines(ones.names().size() == 1 ? "" : merit + " ", of.get()));
            }
        }
        if (lines.size() == 1) {
            lines.add("  the two have no question in common that counts in both");
        }
        return new RunsSideBySide(lines);
    }

    /** One of both, told apart from the other where they have one name. */
    private static BenchRun find(List<BenchRun> runs, Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        return runs.stream()
                .filter(run -> run.info().folder().toAbsolutePath().normalize().equals(whole))
                .findFirst()
                .orElseThrow(() -> new InputException(folder + " holds no finished run of a benchmark: name the folder"
                        + " of one, or repeat the command that began it"));
    }

    /** In the order of the figures that they are named by. */
    private static List<String> merits(BenchRun run, UnitMerits merits) {
        List<String> titled = run.result().figures().stream()
                .map(ResultFigure::title)
                .filter(merits.names()::contains)
                .toList();
        return titled.isEmpty() ? merits.names() : titled;
    }

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

    private static List<String> lines(String of, RunComparison comparison) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "  %sdifference %+.1f points (%+.1f to %+.1f) over %d questions%s",
                        of,
                        100 * comparison.difference(),
                        100 * comparison.interval().low(),
                        100 * comparison.interval().high(),
                        comparison.units(),
                        comparison.apart() == 0
                                ? ""
                                : "; " + comparison.apart() + " count in only one of them and are left out"),
                String.format(
                        Locale.ROOT,
                        "  better on %d, equal on %d, worse on %d; sign test p = %.3g",
                        comparison.signs().better(),
                        comparison.ties(),
                        comparison.signs().worse(),
                        comparison.signs().probability()));
    }
}
