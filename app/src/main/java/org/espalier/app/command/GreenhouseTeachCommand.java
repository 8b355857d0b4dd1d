package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.workflow.greenhouse.JudgeExamples;
import org.espalier.workflow.greenhouse.JudgeTuning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier greenhouse teach}. */
@Command(
        name = "teach",
        description =
                "Writes what a judge of answers (explore --verifier judge) should say of the paths of an exploration,"
                        + " by the greenhouse's exact rules: examples for 'train --method sft --dataset'.")
final class GreenhouseTeachCommand implements Verb {
    @Option(
            names = "--trees",
            required = true,
            paramLabel = "RUN",
            description = "The folder of an exploration of greenhouse data, whose paths are judged.")
    private Path trees;

    @Option(names = "--data", description = "The explored data file, if it is not where the exploration found it.")
    private Optional<Path> data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the examples.")
    private Path out;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "A checkpoint of which a copy is fine-tuned on them, all its weights: the folder 'judge' in --out.")
    private Optional<Path> model;

    @GoesWith("--model")
    @Option(names = "--epochs", defaultValue = "4", description = "Passes over the examples.")
    private int epochs;

    @GoesWith("--model")
    @Option(names = "--batch", defaultValue = "16", description = "Examples a step.")
    private int batch;

    @GoesWith("--model")
    @Option(names = "--learning-rate", defaultValue = "2e-3", paramLabel = "X", description = "The highest one.")
    private double learningRate;

    @GoesWith("--model")
    @Option(names = "--seed", defaultValue = "0", description = "Of the order of the examples.")
    private long seed;

    @Override
    public int run(Console console) {
        JudgeExamples examples = new JudgeExamples(trees, data, out);
        if (model.isPresent()) {
            Path judge = out.resolve("judge");
            double loss = examples.write(
                    new JudgeTuning(model.get(), judge, epochs, batch, learningRate, seed), console.progress());
            console.say("The judge is in %s; its last epoch's mean loss is %.3f nats a token.", judge, loss);
            return ExitCode.DONE.number();
        }
        JudgeExamples.Counts counts = examples.write();
        console.say(Counted.of(counts.examples(), "example") + " about " + Counted.of(counts.questions(), "question")
                + " are in " + out.resolve(JudgeExamples.FILE) + ": " + counts.correct()
                + " paths are correct by the rules.");
        return ExitCode.DONE.number();
    }
}
