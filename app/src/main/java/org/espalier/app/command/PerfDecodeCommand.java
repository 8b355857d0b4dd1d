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
import org.espalier.model.generate.DecodeBenchmark;
import org.espalier.model.perf.Size;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier perf decode}. */
@Command(name = "decode", description = "Samples many continuations of one question: tokens per second.")
final class PerfDecodeCommand implements Callable<Integer> {
    private final Desk desk;

    @Option(
            names = "--size",
            split = ",",
            defaultValue = "tiny,small",
            paramLabel = "NAME",
            description = "tiny (1 M), small (70 M) or 3b (3.75 B, needs 20 GiB); several with commas.")
    private List<String> sizes = List.of();

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "8,32",
            paramLabel = "N",
            description = "Continuations (default ${DEFAULT-VALUE}).")
    private List<Integer> rows = List.of();

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

    PerfDecodeCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (runs < 1 || warmUps < 0 || rows.stream().anyMatch(count -> count < 1)) {
            throw new InputException("--runs and --rows must be at least 1 and --warm-ups at least 0.");
        }
        List<Size> chosen = sizes.stream().map(PerfTreeCommand::size).toList();
        List<DecodeBenchmark.Outcome> all = new ArrayList<>();
        desk.say("size     rows  adapter   seconds  tokens/s");
        for (Size size : chosen) {
            for (DecodeBenchmark.Outcome outcome : DecodeBenchmark.run(size, rows, runs, warmUps, desk.progress())) {
                all.add(outcome);
                desk.say(String.format(
                        Locale.ROOT,
                        "%-6s %6d  %-7s  %8.4f  %8.0f",
                        outcome.size(),
                        outcome.rows(),
                        outcome.adapter() ? "yes" : "no",
                        outcome.seconds(),
                        outcome.tokensPerSecond()));
            }
        }
        Optional.ofNullable(json).ifPresent(file -> AtomicFile.write(file, Json.page(Json.tree(all))));
        return ExitCode.DONE.number();
    }
}
