package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.greenhouse.OwnReasoningJudge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier greenhouse judge}. */
@Command(
        name = "judge",
        description =
                "Has a checkpoint of the greenhouse judge the paths of a run of RSBench: each is held against what the"
                        + " checkpoint's own answer says is asked and dangerous. 'bench rsbench --judgements' takes the"
                        + " verdicts, 'bench agreement --rules' measures them.")
final class GreenhouseJudgeCommand implements Verb {
    @Option(names = "--answers", required = true, paramLabel = "RUN", description = "The run whose paths are judged.")
    private Path answers;

    @Option(
            names = "--data",
            required = true,
            description = "The questions that were asked there: an ssui.jsonl of the greenhouse.")
    private Path data;

    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The folder of the checkpoint.")
    private Path model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "An adapter on it.")
    private Optional<Path> adapter;

    @Mixin
    private PlacementOptions placement;

    @Option(names = "--out", required = true, description = "The file of verdicts.")
    private Path out;

    @Override
    public int run(Console console) {
        OwnReasoningJudge.Counts counts = new OwnReasoningJudge(
                        new MeasuredModel.Local(model, adapter, placement.choice()), answers, data, out)
                .run(console.progress());
        console.say("Verdicts of " + Counted.of(counts.judged(), "path") + " are in " + out + "; of "
                + Counted.of(counts.undecided(), "path") + " the checkpoint's own answer says too little.");
        return ExitCode.DONE.number();
    }
}
