package org.espalier.lab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.lab.model.Median;
import org.espalier.lab.picture.WebpBenchmark;
import org.espalier.lab.picture.WebpBenchmark.Pass;
import org.espalier.lab.picture.WebpBenchmark.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier perf webp}. */
@Command(
        name = "webp",
        description = "Decodes WebP pictures in processes of their own, as Espalier does, and in this one, in turn:"
                + " medians of wall and processor time.")
public final class PerfWebpCommand implements Verb {
    @Parameters(paramLabel = "DIR", description = "A folder of .webp files.")
    private Path folder = Path.of("");

    @Option(
            names = "--whole",
            description = "Every pixel, as for a model; else those that an intake looks at, with its hashes.")
    private boolean whole;

    @Option(names = "--threads", defaultValue = "0", description = "(default: one a processor)")
    private int threads;

    @Option(
            names = "--runs",
            defaultValue = "7",
            description = "Counted passes of each, after one that starts processes.")
    private int runs;

    @Override
    public int run(Console console) throws InterruptedException {
        if (runs < 1 || threads < 0) {
            throw new InputException("--runs must be at least 1, --threads at least 0.");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + ": name one with .webp files.");
        }
        int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        WebpBenchmark benchmark = WebpBenchmark.over(folder, workers, whole);
        Map<Place, List<Pass>> passes = benchmark.run(runs, console.progress());
        passes.forEach((place, all) -> console.say(
                "%-6s  %d pictures, %d threads: %.1f ms a picture, %.1f ms of processor time; %08x",
                place.name().toLowerCase(Locale.ROOT),
                benchmark.pictures().size(),
                workers,
                1e3 * median(all, Pass::wall) / benchmark.pictures().size(),
                1e3 * median(all, Pass::cpu) / benchmark.pictures().size(),
                all.getFirst().checksum()));
        console.say(
                "beside / here: wall time %.3f, processor time %.3f",
                ratio(passes, Pass::wall), ratio(passes, Pass::cpu));
        return ExitCode.DONE.number();
    }

    private static double ratio(Map<Place, List<Pass>> passes, Function<Pass, Duration> figure) {
        return median(passes.getOrDefault(Place.BESIDE, List.of()), figure)
                / median(passes.getOrDefault(Place.HERE, List.of()), figure);
    }

    /** In seconds. */
    private static double median(List<Pass> passes, Function<Pass, Duration> figure) {
        return Median.of(passes, pass -> figure.apply(pass).toNanos() / 1e9);
    }
}
