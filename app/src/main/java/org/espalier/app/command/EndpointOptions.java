package org.espalier.app.command;

import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import picocli.CommandLine.Option;

/** A model behind an endpoint, by its address or by its name in the endpoints file. */
final class EndpointOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Or a model behind an OpenAI-compatible endpoint; or its name in the endpoints file.")
    private Optional<String> endpoint;

    @GoesWith("--endpoint")
    @Option(names = "--model-name", paramLabel = "NAME", description = "What the endpoint calls the model.")
    private Optional<String> modelName;

    @GoesWith("--endpoint")
    @Option(names = "--key-env", paramLabel = "VAR", description = "The environment variable that holds its key.")
    private Optional<String> keyVariable;

    boolean given() {
        return endpoint.isPresent();
    }

    /**
     * The endpoint that is given.
     *
     * @param name of one that an address gives
     */
    EndpointPlan plan(String name, Optional<EndpointsFile> file) {
        return plan(endpoint.orElseThrow(), modelName, keyVariable, name, file, "--model-name");
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
            if (model.isPresent() || keyVariable.isPresent()) {
                throw new InputException("the endpoints file says of " + given + " which model it is and where its key"
                        + " is: leave --model-name and --key-env out, or give an address");
            }
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
        return EndpointPlan.at(
                        given,
                        model.orElseThrow(
                                () -> new InputException("an endpoint needs the name of its model: " + flag + " NAME")),
                        keyVariable)
                .named(name);
    }
}
