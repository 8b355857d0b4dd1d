package org.espalier.lab.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.lab.dataset.CrashTrial;
import org.espalier.lab.training.TrainingCrashTrial;
import org.espalier.lab.training.TrialTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf crash}. */
@Command(
        name = "crash",
        description =
                "Kills builds with kill -9 at random moments, starts them again with the same command, and compares"
                        + " what comes of it with a build that was left alone. With --processes the same with trainings"
                        + " by several processes, of which a random one is killed.")
public final class PerfCrashCommand implements Verb {
    /** That are trained on: four steps an epoch. */
    private static final int QUESTIONS = 32;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder for pictures and builds.")
    private Path out;

    @Option(names = "--pictures", defaultValue = "1000", description = "Of each build.")
    private int pictures;

    @Option(names = "--kills", description = "Altogether (default 100; of trainings 20).")
    private Optional<Integer> kills = Optional.empty();

    @Option(names = "--kills-a-build", description = "Of one build (default 10), or of one training (default 4).")
    private Optional<Integer> killsABuild = Optional.empty();

    @Option(names = "--processes", description = "Kill one of so many processes of a training instead.")
    private Optional<Integer> processes = Optional.empty();

    @Option(
            names = "--epochs",
            defaultValue = "20",
            description = "Of each training on 32 questions (default 20: 80 steps).")
    private int epochs;

    @Option(names = "--concurrency", defaultValue = "64", description = "Calls at once.")
    private int concurrency;

    @Option(names = "--delay-ms", defaultValue = "20", description = "Of the server.")
    private long delay;

    @Option(
            names = "--faults",
            defaultValue = "0",
            paramLabel = "RATE[:KIND,...]",
            description = "Of the server, as for 'greenhouse serve'; malformed and truncated answers change results.")
    private String faults;

    @Option(names = "--seed", defaultValue = "0", description = "Draws the moments.")
    private long seed;

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) throws InterruptedException {
        if (pictures < 1
                || kills.orElse(1) < 1
                || killsABuild.orElse(1) < 1
                || concurrency < 1
                || delay < 0
                || epochs < 1) {
            throw new InputException("--pictures, --kills, --kills-a-build, --concurrency and --epochs are at least 1,"
                    + " --delay-ms at least 0");
        }
        if (processes.orElse(2) < 2) {
            throw new InputException("--processes is at least 2: one process is killed and the others must notice");
        }
        return processes.isPresent() ? trainings(console, processes.get()) : builds(console);
    }

    private int trainings(Console console, int members) throws InterruptedException {
        TrainingCrashTrial.Result result = new TrainingCrashTrial(
                        TrialTraining.of(out, QUESTIONS, epochs),
                        members,
                        kills.orElse(20),
                        killsABuild.orElse(4),
                        seed)
                .run(console.progress());
        console.say(result.trainings() + " trainings of " + result.steps() + " steps by " + members + " processes, "
                + result.kills() + " kills (" + result.first() + " of the process that writes, " + result.atTheStart()
                + " while they started): " + result.differing()
                + " differ in a byte from the one left alone by one process.");
        console.say(
                "%d kills left a process behind, %d ended otherwise than with exit code 3; all had ended %.1f s after a kill at most.",
                result.left(), result.unexplained(), result.slowest());
        figureFile.write(result);
        return (result.sound() ? ExitCode.DONE : ExitCode.NO).number();
    }

    private int builds(Console console) throws InterruptedException {
        CrashTrial.Result result = new CrashTrial(
                        out,
                        pictures,
                        kills.orElse(100),
                        killsABuild.orElse(10),
                        concurrency,
                        Duration.ofMillis(delay),
                        Faults.of(faults, seed),
                        seed)
                .run(console.progress());
        console.say(result.builds() + " builds of " + pictures + " pictures, " + result.kills() + " kills ("
                + result.idleKills() + " with no call under way): " + result.differing() + " of "
                + (long) result.drafts() * result.builds() + " drafts differ from those of a build left alone.");
        console.say(result.calls() + " calls, " + result.paidTwice() + " paid twice: " + result.underWay()
                + " were under way when a kill came, at most " + result.mostUnderWay() + " at one kill, of "
                + concurrency + " allowed.");
        figureFile.write(result);
        return (result.sound(concurrency) ? ExitCode.DONE : ExitCode.NO).number();
    }
}
