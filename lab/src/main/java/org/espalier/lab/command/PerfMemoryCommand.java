package org.espalier.lab.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.file.Folders;
import org.espalier.core.file.ScratchFolder;
import org.espalier.lab.memory.CheckpointShape;
import org.espalier.lab.memory.MemoryStep;
import org.espalier.lab.memory.MemoryTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf memory}. */
@Command(
        name = "memory",
        description = "The most memory that a model of a published shape takes, with random weights: its loading, 32"
                + " sampled tokens, a step of SFT and one of SRPO on a question with a picture, each in a process of its"
                + " own.")
public final class PerfMemoryCommand implements Verb {
    @Option(
            names = "--shape",
            defaultValue = "small",
            paramLabel = "NAME",
            description = "tiny, small, qwen2.5-vl-3b (needs 11 GiB of memory and 8 GB of disk), qwen2.5-vl-7b or"
                    + " llava-next-8b (22 GiB and 17 GB).")
    private String shape = "";

    @Option(names = "--side", defaultValue = "672", paramLabel = "PIXELS", description = "Of the picture.")
    private int side;

    @Option(
            names = "--steps",
            split = ",",
            defaultValue = "load,sample,sft,srpo",
            paramLabel = "STEP",
            description = "Default ${DEFAULT-VALUE}.")
    private List<String> steps = List.of();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keeps the checkpoint there and uses it again; without, it is deleted at the end.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--room",
            paramLabel = "GIB",
            description = "Trains as if only so much memory were free beside the model: with little, all layers are"
                    + " computed again on the way back.")
    private Optional<Double> room = Optional.empty();

    @Mixin
    private FigureFile figureFile;

    @Option(names = "--here", hidden = true, description = "One step, in this process.")
    private boolean here;

    @Override
    public int run(Console console) throws InterruptedException {
        CheckpointShape asked = CheckpointShape.named(shape);
        List<MemoryStep> measured =
                steps.stream().map(MemoryStep::named).distinct().toList();
        if (side < 56 || side > 4096) {
            throw new InputException("--side is 56 to 4096, not " + side + ".");
        }
        room.filter(gib -> !(gib >= 0 && gib <= 100_000)).ifPresent(gib -> {
            throw new InputException("--room is a number of GiB, not " + gib + ".");
        });
        figureFile.check();
        if (folder.isPresent()) {
            return measure(console, new MemoryTrial(asked, Folders.make(folder.get()), side, measured, free()));
        }
        try (ScratchFolder scratch = ScratchFolder.make()) {
            return measure(console, new MemoryTrial(asked, scratch.path(), side, measured, free()));
        }
    }

    private OptionalLong free() {
        return room.isPresent() ? OptionalLong.of((long) (room.get() * (1L << 30))) : OptionalLong.empty();
    }

    private int measure(Console console, MemoryTrial trial) throws InterruptedException {
        if (here) {
            MemoryStep.Taken taken = trial.here(trial.steps().getFirst());
            figureFile.write(taken);
            return ExitCode.DONE.number();
        }
        console.say("step    tokens  again  load s   step s    MiB");
        MemoryTrial.Outcome outcome = trial.run(taken -> console.say(line(taken)), console.progress());
        console.say(
                "%s, a picture of %d pixels a side: the weights are %,d MiB; the peaks are %s of them.",
                outcome.shape(),
                outcome.side(),
                outcome.weights() >> 20,
                String.join(
                        ", ",
                        outcome.steps().stream()
                                .map(taken ->
                                        String.format(Locale.ROOT, "%.3f (%s)", outcome.share(taken), taken.step()))
                                .toList()));
        figureFile.write(outcome);
        return ExitCode.DONE.number();
    }

    private static String line(MemoryStep.Taken taken) {
        return String.format(
                Locale.ROOT,
                "%-6s  %6d  %5d  %6.1f  %7.1f  %5d",
                taken.step(),
                taken.tokens(),
                taken.layersAgain(),
                taken.loadSeconds(),
                taken.stepSeconds(),
                taken.peakMib());
    }
}
