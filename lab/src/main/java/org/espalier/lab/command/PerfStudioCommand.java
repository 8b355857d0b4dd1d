package org.espalier.lab.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.espalier.app.command.ExitCode;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.lab.studio.Figure;
import org.espalier.lab.studio.StudioMeasurement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier perf studio}. */
@Command(
        name = "studio",
        description = "Times a review: lists, filters, searches, opening, saving, going on; import and memory too.",
        footer = "With --answers, times the pages of a benchmark run's answers instead.")
final class PerfStudioCommand implements Callable<Integer> {
    private final Consumer<String> say;
    private final Progress progress;

    @Option(
            names = "--drafts",
            defaultValue = "25000",
            paramLabel = "N",
            description = "So many (default ${DEFAULT-VALUE}).")
    private int drafts;

    @Option(
            names = "--answers",
            paramLabel = "N",
            description = "Look at so many answers of a run instead of reviewing drafts.")
    private Optional<Integer> answers = Optional.empty();

    @Option(
            names = "--runs",
            defaultValue = "25",
            paramLabel = "N",
            description = "Timed requests of each kind (default ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there.")
    private Optional<Path> json;

    PerfStudioCommand(Consumer<String> say, Progress progress) {
        this.say = say;
        this.progress = progress;
    }

    @Override
    public Integer call() throws InterruptedException {
        int items = answers.orElse(drafts);
        if (items < 1000 || items > 1_000_000 || runs < 1) {
            throw new InputException("--drafts and --answers go from 1000 to 1000000, and --runs is at least 1");
        }
        StudioMeasurement measured = answers.isPresent()
                ? StudioMeasurement.ofAnswers(items, runs, say, progress)
                : StudioMeasurement.ofDrafts(items, runs, say, progress);
        say.accept(String.format(
                Locale.ROOT,
                answers.isPresent()
                        ? "start of the process beside a run of %d answers: %.1f s"
                        : "import of %d drafts, start of the process included: %.1f s",
                items,
                measured.startSeconds()));
        measured.startedMib().ifPresent(mib -> say.accept("memory of the server then: " + mib + " MiB"));
        measured.servedMib().ifPresent(mib -> say.accept("memory of the server at the end: " + mib + " MiB"));
        say.accept("first byte ms   full ms   p95 ms     kB");
        for (Figure figure : measured.figures()) {
            say.accept(String.format(
                    Locale.ROOT,
                    "%13.1f %9.1f %8.1f %6.1f  %s",
                    figure.firstByteMs(),
                    figure.fullMs(),
                    figure.p95Ms(),
                    figure.kilobytes(),
                    figure.name()));
        }
        json.ifPresent(file -> AtomicFile.write(file, Json.page(Json.tree(measured))));
        return ExitCode.DONE.number();
    }
}
