package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.workflow.bench.MeasuredModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a benchmark measures. */
final class AskedOptions {
    @Mixin
    private CheckpointOptions checkpoint;

    @Mixin
    private EndpointOptions endpoint;

    @Option(
            names = "--answers",
            paramLabel = "RUN",
            description = "Or the answers of an earlier run, to be judged anew without asking, or a file of answers:"
                    + " predictions of VLMEvalKit (.tsv, .json), samples of lmms-eval (.jsonl), rows with id and text.")
    private Optional<Path> answers;

    /** Whom the words name. */
    MeasuredModel model(Optional<EndpointsFile> file) {
        long named = Stream.of(checkpoint.given(), endpoint.given(), answers.isPresent())
                .filter(given -> given)
                .count();
        if (named != 1) {
            throw new InputException("name whom to measure by one of --model DIR, --endpoint URL, --answers RUN");
        }
        return checkpoint
                .<MeasuredModel>read(MeasuredModel.Local::new)
                .or(() -> answers.map(MeasuredModel.Answered::new))
                .orElseGet(() -> new MeasuredModel.Remote(endpoint.plan(MeasuredModel.ENDPOINT, file)));
    }
}
