package org.espalier.lab.command;

import java.nio.file.Path;
import java.time.Duration;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.lab.dataset.LoadTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf load}. */
@Command(
        name = "load",
        description = "A whole build against the played server, as a share of what a bare client reaches there.")
public final class PerfLoadCommand implements Verb {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "A folder for pictures and runs; pictures that are there are used again.")
    private Path out;

    @Option(names = "--pictures", defaultValue = "25000", description = "Of the build.")
    private int pictures;

    @Option(
            names = "--kilobytes",
            defaultValue = "75",
            description = "Of a picture's file (default 75, which are 100 kB as they are sent).")
    private int kilobytes;

    @Option(names = "--concurrency", defaultValue = "1000", description = "Calls at once.")
    private int concurrency;

    @Option(names = "--delay-ms", defaultValue = "1000", description = "Of the server.")
    private long delay;

    @Option(names = "--bare-calls", defaultValue = "10000", description = "Calls of the bare client.")
    private int bareCalls;

    @Option(names = "--heap-mib", defaultValue = "512", description = "Of the build.")
    private int heap;

    @Option(names = "--prepare", description = "Only draw the pictures and fill the pool.")
    private boolean prepare;

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) throws InterruptedException {
        if (pictures < 1 || kilobytes < 0 || concurrency < 1 || delay < 0 || bareCalls < 1 || heap < 64) {
            throw new InputException(
                    "--pictures, --concurrency and --bare-calls are at least 1, --heap-mib at least 64");
        }
        LoadTrial trial =
                new LoadTrial(out, pictures, kilobytes, concurrency, Duration.ofMillis(delay), bareCalls, heap);
        if (prepare) {
            trial.prepare();
            console.say("Pictures and pool are in " + out + ".");
            return ExitCode.DONE.number();
        }
        LoadTrial.Result result = trial.run(console.progress());
        console.say(
                "%d pictures became %d drafts by %d calls in %.1f s, %d of them paid twice.",
                result.pictures(), result.drafts(), result.calls(), result.seconds(), result.answeredTwice());
        console.say(
                "%.1f calls a second, %.1f %% of the bare client's %.1f; %.2f s of processor time and %d MiB at most"
                        + " (heap %d) in the build, %.2f s in the server, for 1,000 calls.",
                result.rate(),
                result.share() * 100,
                result.ceiling(),
                result.cpu(),
                result.peakMib(),
                heap,
                result.serverCpu());
        figureFile.write(result);
        return ExitCode.DONE.number();
    }
}
