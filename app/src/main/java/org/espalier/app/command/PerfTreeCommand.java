package org.espalier.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.work.Desk;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.model.perf.Size;
import org.espalier.srpo.perf.TreeBenchmark;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier perf tree}. */
@Command(
        name = "tree",
        description = "One question forward and backward: as a tree, and with every path a sequence of its own.")
final class PerfTreeCommand implements Callable<Integer> {
    private final Desk desk;

    @Option(
            names = "--size",
            split = ",",
            defaultValue = "tiny,small",
            paramLabel = "NAME",
            description = "tiny (1 M), small (70 M) or 3b (3.75 B, needs 20 GiB); several with commas.")
    private List<String> sizes = List.of();

    @Option(
            names = "--runs",
            defaultValue = "5",
            paramLabel = "N",
            description = "Counted runs of each (default ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--warm-ups",
            defaultValue = "2",
            paramLabel = "N",
            description = "Runs before them (default ${DEFAULT-VALUE}).")
    private int warmUps;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there.")
    private @Nullable Path json;

    PerfTreeCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (runs < 1 || warmUps < 0) {
            throw new InputException("--runs must be at least 1 and --warm-ups at least 0.");
        }
        List<Size> chosen = sizes.stream().map(PerfTreeCommand::size).toList();
        List<TreeBenchmark.Outcome> outcomes = new ArrayList<>();
        desk.say("size   tokens tree/pairwise   tree s  pairwise s  faster  of tokens  MiB tree/pairwise"
                + "  log-prob. diff.  gradient diff.");
        for (Size size : chosen) {
            TreeBenchmark.Outcome outcome = TreeBenchmark.run(size, runs, warmUps, desk.progress());
            outcomes.add(outcome);
            desk.say(String.format(
                    Locale.ROOT,
                    "%-6s %6d / %-12d %8.4f  %10.4f  %5.2fx  %8.2fx  %6d / %-9d  %15.2g  %14.2g",
                    outcome.size(),
                    outcome.treeTokens(),
                    outcome.pairwiseTokens(),
                    outcome.treeSeconds(),
                    outcome.pairwiseSeconds(),
                    outcome.speedUp(),
                    outcome.tokenRatio(),
                    outcome.treeMemory(),
                    outcome.pairwiseMemory(),
                    outcome.logprobDifference(),
                    outcome.gradientDifference()));
        }
        Optional.ofNullable(json).ifPresent(file -> AtomicFile.write(file, Json.page(Json.tree(outcomes))));
        return ExitCode.DONE.number();
    }

    static Size size(String name) {
        return Size.ALL.stream()
                .filter(size -> size.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no size '" + name + "': take tiny, small or 3b."));
    }
}
