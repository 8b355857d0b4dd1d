package org.espalier.lab.command;

import java.util.Optional;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.lab.studio.Figure;
import org.espalier.lab.studio.StudioMeasurement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf studio}. */
@Command(
        name = "studio",
        description = "Times a review: lists, filters, searches, opening, saving, going on; import and memory too.",
        footer = "With --answers, times the pages of a benchmark run's answers instead.")
public final class PerfStudioCommand implements Verb {
    @Option(names = "--drafts", defaultValue = "25000", description = "So many.")
    private int drafts;

    @Option(names = "--answers", description = "Look at so many answers of a run instead of reviewing drafts.")
    private Optional<Integer> answers = Optional.empty();

    @Option(names = "--runs", defaultValue = "25", description = "Timed requests of each kind.")
    private int runs;

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) throws InterruptedException {
        int items = answers.orElse(drafts);
        if (items < 1000 || items > 1_000_000 || runs < 1) {
            throw new InputException("--drafts and --answers go from 1000 to 1000000, and --runs is at least 1");
        }
        StudioMeasurement measured = answers.isPresent()
                ? StudioMeasurement.ofAnswers(items, runs, console::say, console.progress())
                : StudioMeasurement.ofDrafts(items, runs, console::say, console.progress());
        console.say(
                answers.isPresent()
                        ? "start of the process beside a run of %d answers: %.1f s"
                        : "import of %d drafts, start of the process included: %.1f s",
                items,
                measured.startSeconds());
        measured.startedMib().ifPresent(mib -> console.say("memory of the server then: " + mib + " MiB"));
        measured.servedMib().ifPresent(mib -> console.say("memory of the server at the end: " + mib + " MiB"));
        console.say("first byte ms   full ms   p95 ms     kB");
        for (Figure figure : measured.figures()) {
            console.say(
                    "%13.1f %9.1f %8.1f %6.1f  %s",
                    figure.firstByteMs(), figure.fullMs(), figure.p95Ms(), figure.kilobytes(), figure.name());
        }
        figureFile.write(measured);
        return ExitCode.DONE.number();
    }
}
