package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.work.Subject;
import org.espalier.core.InputException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import picocli.CommandLine.Option;

/** Whom a benchmark measures. */
final class AskedOptions {
    @Option(names = "--model", paramLabel = "DIR", description = "The folder of a model.")
    private Optional<Path> model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "The folder of an adapter (PEFT).")
    private Optional<Path> adapter;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Or a model behind an OpenAI-compatible endpoint; or its name in the endpoints file.")
    private Optional<String> endpoint;

    @Option(names = "--model-name", paramLabel = "NAME", description = "What the endpoint calls the model.")
    private Optional<String> modelName;

    @Option(names = "--key-env", paramLabel = "VAR", description = "The environment variable that holds its key.")
    private Optional<String> keyVariable;

    @Option(
            names = "--answers",
            paramLabel = "RUN",
            description = "Or the answers of an earlier run, to be judged anew without asking.")
    private Optional<Path> answers;

    /** Whom the words name. */
    Subject subject(Optional<EndpointsFile> file) {
        long named = List.of(model, endpoint, answers).stream()
                .filter(Optional::isPresent)
                .count();
        if (named != 1) {
            throw new InputException("name whom to measure by one of --model DIR, --endpoint URL, --answers RUN");
        }
        if (adapter.isPresent() && model.isEmpty()) {
            throw new InputException("--adapter goes with --model");
        }
        if (model.isPresent()) {
            return new Subject.Local(model.get(), adapter);
        }
        if (answers.isPresent()) {
            return new Subject.Answered(answers.get());
        }
        return new Subject.Remote(
                plan(endpoint.orElseThrow(), modelName, keyVariable, Subject.ENDPOINT, file, "--model-name"));
    }

    /** The endpoint that a flag names, by its name in the file or by its address. */
    static EndpointPlan plan(
            String given,
            Optional<String> model,
            Optional<String> keyVariable,
            String name,
            Optional<EndpointsFile> file,
            String flag) {
        if (file.isPresent() && !given.contains("://")) {
            return Optional.ofNullable(file.get().endpoints().get(given))
                    .orElseThrow(() -> Words.unknown(
                            "endpoint",
                            given,
                            List.copyOf(file.get().endpoints().keySet())));
        }
        if (!given.contains("://") && given.matches("[A-Za-z0-9_-]+")) {
            throw new InputException("'" + given + "' is no address: name the file that describes it with --endpoints"
                    + " FILE, or give an address such as http://127.0.0.1:8000/v1");
        }
        EndpointPlan plan = EndpointPlan.at(
                given,
                model.orElseThrow(
                        () -> new InputException("an endpoint needs the name of its model: " + flag + " NAME")),
                keyVariable);
        return new EndpointPlan(
                name,
                plan.provider(),
                plan.baseUrl(),
                plan.model(),
                plan.adapter(),
                plan.key(),
                plan.limits(),
                plan.prices(),
                plan.capabilities(),
                plan.omit(),
                plan.extra());
    }
}
