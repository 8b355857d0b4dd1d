package org.espalier.lab.command;

import java.nio.file.Path;
import java.time.Duration;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.lab.dataset.SharedTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf shared}. */
@Command(
        name = "shared",
        description =
                "One build by three processes over PostgreSQL, one of them killed with kill -9 and one added late, compared"
                        + " with the same build by one process alone.")
public final class PerfSharedCommand implements Verb {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder for pictures and builds.")
    private Path out;

    @Option(names = "--pictures", defaultValue = "1000", description = "Of each build.")
    private int pictures;

    @Option(names = "--concurrency", defaultValue = "64", description = "Calls at once of each process.")
    private int concurrency;

    @Option(names = "--delay-ms", defaultValue = "20", description = "Of the server.")
    private long delay;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "URL",
            description = "jdbc:postgresql://... of a database that no build has used.")
    private String store;

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) throws InterruptedException {
        if (pictures < 1 || concurrency < 1 || delay < 0) {
            throw new InputException("--pictures and --concurrency are at least 1, --delay-ms at least 0");
        }
        if (!store.startsWith("jdbc:postgresql:")) {
            throw new InputException("--store is the address of a PostgreSQL database, jdbc:postgresql://...");
        }
        SharedTrial.Result result =
                new SharedTrial(out, store, pictures, concurrency, Duration.ofMillis(delay)).run(console.progress());
        console.say(
                "%d pictures by three processes, one killed and one late: %d of %d drafts differ from those of one process"
                        + " alone; %d calls, %d paid twice of %d allowed; %.1f s, alone %.1f s.",
                pictures,
                result.differing(),
                result.drafts(),
                result.calls(),
                result.paidTwice(),
                concurrency,
                result.seconds(),
                result.aloneSeconds());
        figureFile.write(result);
        return (result.sound(concurrency) ? ExitCode.DONE : ExitCode.NO).number();
    }
}
