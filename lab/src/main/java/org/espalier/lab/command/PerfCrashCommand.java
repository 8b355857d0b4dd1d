package org.espalier.lab.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.espalier.app.command.ExitCode;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.lab.dataset.CrashTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier perf crash}. */
@Command(
        name = "crash",
        description =
                "Kills builds with kill -9 at random moments, starts them again with the same command, and compares"
                        + " what comes of it with a build that was left alone.")
final class PerfCrashCommand implements Callable<Integer> {
    private final Consumer<String> say;
    private final Progress progress;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder for pictures and builds.")
    private Path out;

    @Option(
            names = "--pictures",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Of each build (default 1000).")
    private int pictures;

    @Option(names = "--kills", defaultValue = "100", paramLabel = "N", description = "Altogether (default 100).")
    private int kills;

    @Option(
            names = "--kills-a-build",
            defaultValue = "10",
            paramLabel = "N",
            description = "Of one build (default 10).")
    private int killsABuild;

    @Option(names = "--concurrency", defaultValue = "64", paramLabel = "N", description = "Calls at once (default 64).")
    private int concurrency;

    @Option(names = "--delay-ms", defaultValue = "20", paramLabel = "N", description = "Of the server (default 20).")
    private long delay;

    @Option(
            names = "--faults",
            defaultValue = "0",
            paramLabel = "RATE[:KIND,...]",
            description = "Of the server, as for 'greenhouse serve'; malformed and truncated answers change results.")
    private String faults;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Draws the moments.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there.")
    private Optional<Path> json;

    PerfCrashCommand(Consumer<String> say, Progress progress) {
        this.say = say;
        this.progress = progress;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (pictures < 1 || kills < 1 || killsABuild < 1 || concurrency < 1 || delay < 0) {
            throw new InputException(
                    "--pictures, --kills, --kills-a-build and --concurrency are at least 1, --delay-ms at least 0");
        }
        CrashTrial.Result result = new CrashTrial(
                        out,
                        pictures,
                        kills,
                        killsABuild,
                        concurrency,
                        Duration.ofMillis(delay),
                        Faults.of(faults, seed),
                        seed)
                .run(progress);
        say.accept(result.builds() + " builds of " + pictures + " pictures, " + result.kills() + " kills ("
                + result.idleKills() + " with no call under way): " + result.differing() + " of "
                + (long) result.drafts() * result.builds() + " drafts differ from those of a build left alone.");
        say.accept(result.calls() + " calls, " + result.paidTwice() + " paid twice: " + result.underWay()
                + " were under way when a kill came, at most " + result.mostUnderWay() + " at one kill, of "
                + concurrency + " allowed.");
        json.ifPresent(file -> AtomicFile.write(file, Json.page(result.json())));
        return (result.sound(concurrency) ? ExitCode.DONE : ExitCode.NO).number();
    }
}
