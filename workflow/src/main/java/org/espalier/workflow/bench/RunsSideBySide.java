package org.espalier.workflow.bench;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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
 * @param benchmark its title
 * @param first how tables call the one, as {@code second} the other
 * @param differences between the ways in which they were measured, in clauses
 * @param merits the comparisons by the name of what is compared, in order; empty where no question counts in both
 */
public record RunsSideBySide(
        String benchmark,
        String first,
        String second,
        List<String> differences,
        SequencedMap<String, RunComparison> merits) {
    public RunsSideBySide {
        differences = List.copyOf(differences);
        merits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(merits));
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
        List<String> differences =
                differences(first.result().protocol(), second.result().protocol(), mix);
        UnitMerits ones = UnitMerits.read(one);
        UnitMerits others = UnitMerits.read(other);
        SequencedMap<String, RunComparison> merits = new LinkedHashMap<>();
        for (String merit : merits(first, ones)) {
            RunComparison.of(ones, others, merit, Slice.ALL, first.result().bootstrap())
                    .ifPresent(comparison -> merits.put(merit, comparison));
        }
        return new RunsSideBySide(first.result().title(), first.label(), second.label(), differences, merits);
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
        return differences;
    }
}
