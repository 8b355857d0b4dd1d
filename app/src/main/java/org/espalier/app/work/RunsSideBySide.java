package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.bench.run.Protocol;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.bench.run.RunComparison;
import org.espalier.bench.run.UnitLine;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.InputException;

/**
 * Two runs of a benchmark compared question by question.
 *
 * @param differences between their protocols
 */
public record RunsSideBySide(
        Result first, Result second, Optional<RunComparison> comparison, List<String> differences) {
    /** @param mix whether runs of different protocols are compared all the same */
    public static RunsSideBySide of(Path one, Path other, boolean mix) {
        Result first = ResultFile.read(one.resolve(Result.FILE));
        Result second = ResultFile.read(other.resolve(Result.FILE));
        if (!first.benchmark().equals(second.benchmark())) {
            throw new InputException(one + " is a run of " + first.benchmark() + " and " + other + " one of "
                    + second.benchmark() + ": only runs of one benchmark can be compared");
        }
        List<String> differences = Protocol.differences(first.protocol(), second.protocol());
        if (!differences.isEmpty() && !mix) {
            throw new InputException("the two runs were measured differently (" + String.join("; ", differences)
                    + "): a difference between them says nothing of the models; --mix-protocols compares all the same");
        }
        return new RunsSideBySide(
                first,
                second,
                RunComparison.of(
                        merits(one),
                        merits(other),
                        Bootstrap.of(first.bootstrap().seed())),
                differences);
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

    /** For a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(first.title() + ", question by question: " + first.subject() + " against " + second.subject());
        differences.forEach(difference -> lines.add("  measured differently: " + difference));
        comparison.ifPresentOrElse(
                it -> {
                    lines.add(String.format(
                            Locale.ROOT,
                            "  difference %+.1f points (%+.1f to %+.1f) over %d questions%s",
                            it.difference(),
                            it.interval().low(),
                            it.interval().high(),
                            it.units(),
                            it.apart() == 0 ? "" : "; " + it.apart() + " count in only one of them and are left out"));
                    lines.add(String.format(
                            Locale.ROOT,
                            "  better on %d, equal on %d, worse on %d; sign test p = %.3g",
                            it.signs().better(),
                            it.ties(),
                            it.signs().worse(),
                            it.signs().probability()));
                },
                () -> lines.add("  the two have no question in common that counts in both"));
        return lines;
    }
}
