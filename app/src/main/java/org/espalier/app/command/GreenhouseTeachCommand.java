package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.workflow.greenhouse.JudgeExamples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier greenhouse teach}. */
@Command(
        name = "teach",
        description =
                "Writes what a judge of answers (explore --verifier judge) should say of the paths of an exploration,"
                        + " by the greenhouse's exact rules: examples for 'train --method sft --dataset'.")
final class GreenhouseTeachCommand implements Runnable {
    private final Console console;

    @Option(
            names = "--trees",
            required = true,
            paramLabel = "RUN",
            description = "The folder of an exploration of greenhouse data, whose paths are judged.")
    private Path trees;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "The explored data file, if it is not where the exploration found it.")
    private Optional<Path> data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the examples.")
    private Path out;

    GreenhouseTeachCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        JudgeExamples.Counts counts = new JudgeExamples(trees, data, out).write();
        console.say(Counted.of(counts.examples(), "example") + " about " + Counted.of(counts.questions(), "question")
                + " are in " + out.resolve(JudgeExamples.FILE) + ": " + counts.correct()
                + " paths are correct by the rules.");
    }
}
