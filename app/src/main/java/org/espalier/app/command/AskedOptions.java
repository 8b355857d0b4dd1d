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
    @Option(names = "--model", paramLabel = "DIR", description = "The folder of a model.")
    private Optional<Path> model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "The folder of an adapter (PEFT).")
    private Optional<Path> adapter;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    @Mixin
    private EndpointOptions endpoint;

    @Option(
            names = "--answers",
            paramLabel = "RUN",
            description = "Or the answers of an earlier run, to be judged anew without asking.")
    private Optional<Path> answers;

    /** Whom the words name. */
    MeasuredModel model(Optional<EndpointsFile> file) {
        long named = Stream.of(model.isPresent(), endpoint.given(), answers.isPresent())
                .filter(given -> given)
                .count();
        if (named != 1) {
            throw new InputException("name whom to measure by one of --model DIR, --endpoint URL, --answers RUN");
        }
        if (adapter.isPresent() && model.isEmpty()) {
            throw new InputException("--adapter goes with --model");
        }
        if (model.isPresent()) {
            return new MeasuredModel.Local(model.get(), adapter, placement.choice());
        }
        placement.requireNone();
        if (answers.isPresent()) {
            return new MeasuredModel.Answered(answers.get());
        }
        return new MeasuredModel.Remote(endpoint.plan(MeasuredModel.ENDPOINT, file));
    }
}
