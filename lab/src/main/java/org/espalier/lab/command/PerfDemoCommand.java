package org.espalier.lab.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.bench.run.ResultFigure;
import org.espalier.lab.demo.ServedDemonstration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier perf demo}. */
@Command(
        name = "demo",
        description = "Measures the rows of a finished demonstration once more through 'espalier serve', and compares"
                + " the rates with those of one process.")
public final class PerfDemoCommand implements Verb {
    @Parameters(paramLabel = "RUN", description = "The folder of a demonstration, as runs/demo-0-1.")
    private Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder for what is measured.")
    private Path out;

    @Option(
            names = "--recipe",
            paramLabel = "FILE.yaml",
            description = "The demonstration's settings (default: recipes/greenhouse.yaml).")
    private Optional<Path> recipe = Optional.empty();

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) throws InterruptedException {
        Path settings =
                recipe.orElse(Path.of(System.getProperty("espalier.root", "")).resolve("recipes/greenhouse.yaml"));
        List<ServedDemonstration.Row> rows = new ServedDemonstration(run, out, settings).measure(console.progress());
        console.say("SER             in one process      through a server");
        rows.forEach(row -> console.say(
                "%-10s  %s  %s%s",
                row.label(), percent(row.here()), percent(row.served()), row.agree() ? "" : "  they differ"));
        figureFile.write(rows);
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
