package org.espalier.lab.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.espalier.app.command.ExitCode;
import org.espalier.bench.run.ResultFigure;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.lab.demo.ServedDemonstration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier perf demo}. */
@Command(
        name = "demo",
        description = "Measures the rows of a finished demonstration once more through 'espalier serve', and compares"
                + " the rates with those of one process.")
final class PerfDemoCommand implements Callable<Integer> {
    private final Consumer<String> say;
    private final Progress progress;

    @Parameters(paramLabel = "RUN", description = "The folder of a demonstration, as runs/demo-0-1.")
    private Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder for what is measured.")
    private Path out;

    @Option(
            names = "--recipe",
            paramLabel = "FILE.yaml",
            description = "The demonstration's settings (default: recipes/greenhouse.yaml).")
    private Optional<Path> recipe = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there.")
    private Optional<Path> json = Optional.empty();

    PerfDemoCommand(Consumer<String> say, Progress progress) {
        this.say = say;
        this.progress = progress;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path settings =
                recipe.orElse(Path.of(System.getProperty("espalier.root", "")).resolve("recipes/greenhouse.yaml"));
        List<ServedDemonstration.Row> rows = new ServedDemonstration(run, out, settings).measure(progress);
        say.accept("SER             in one process      through a server");
        rows.forEach(row -> say.accept("%-10s  %s  %s%s"
                .formatted(
                        row.label(), percent(row.here()), percent(row.served()), row.agree() ? "" : "  they differ")));
        json.ifPresent(file -> AtomicFile.write(file, Json.page(Json.tree(rows))));
        return (rows.stream().allMatch(ServedDemonstration.Row::agree) ? ExitCode.DONE : ExitCode.NO).number();
    }

    private static String percent(ResultFigure figure) {
        return figure.interval()
                .map(interval -> String.format(
                        Locale.ROOT,
                        "%5.1f (%4.1f to %4.1f)",
                        figure.value().orElse(Double.NaN),
                        interval.low(),
                        interval.high()))
                .orElse("none");
    }
}
