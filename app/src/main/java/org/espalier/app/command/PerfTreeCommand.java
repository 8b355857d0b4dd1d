package org.espalier.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.espalier.srpo.perf.Way;
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

    @Option(
            names = "--ways",
            split = ",",
            defaultValue = "tree,pairwise",
            paramLabel = "WAY",
            description = "tree; pairwise (each path alone, two at a time); at-once (each path alone, all at once)."
                    + " Default ${DEFAULT-VALUE}; the first is compared with the others.")
    private List<String> ways = List.of();

    @Option(
            names = "--side",
            paramLabel = "PIXELS",
            description = "Another picture than the size's own: a multiple of 28.")
    private @Nullable Integer side;

    PerfTreeCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (runs < 1 || warmUps < 0) {
            throw new InputException("--runs must be at least 1 and --warm-ups at least 0.");
        }
        if (side != null && (side < 28 || side % 28 != 0 || side > 2800)) {
            throw new InputException("--side must be a multiple of 28, at most 2800, not " + side + ".");
        }
        List<Size> chosen = sizes.stream()
                .map(PerfTreeCommand::size)
                .map(size -> side == null ? size : size.withSide(side))
                .toList();
        List<Way> asked = ways.stream().map(PerfTreeCommand::way).distinct().toList();
        List<TreeBenchmark.Outcome> outcomes = new ArrayList<>();
        desk.say(
                "size   side  way       tokens    seconds  first is  of tokens     MiB  log-prob. diff.  gradient diff.");
        for (Size size : chosen) {
            TreeBenchmark.Outcome outcome = TreeBenchmark.run(size, asked, runs, warmUps, desk.progress());
            outcomes.add(outcome);
            outcome.timings().forEach(timing -> desk.say(line(outcome, timing)));
        }
        Optional.ofNullable(json).ifPresent(file -> AtomicFile.write(file, Json.page(Json.tree(outcomes))));
        return ExitCode.DONE.number();
    }

    private static String line(TreeBenchmark.Outcome outcome, TreeBenchmark.Timing timing) {
        return String.format(
                Locale.ROOT,
                "%-6s %4d  %-9s %6d  %9.4f  %7.2fx  %8.2fx  %6d  %15.2g  %14.2g",
                outcome.size(),
                outcome.side(),
                timing.way().label(),
                timing.tokens(),
                timing.seconds(),
                outcome.speedUp(timing),
                outcome.tokenRatio(timing),
                timing.memory(),
                timing.logprobDifference(),
                timing.gradientDifference());
    }

    private static Way way(String label) {
        return Arrays.stream(Way.values())
                .filter(way -> way.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new InputException("There is no way '" + label + "': take tree, pairwise or at-once."));
    }

    static Size size(String name) {
        return Size.ALL.stream()
                .filter(size -> size.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no size '" + name + "': take tiny, small or 3b."));
    }
}
