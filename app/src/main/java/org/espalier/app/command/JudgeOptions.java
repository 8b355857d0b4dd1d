package org.espalier.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.ssui.agent.Agents;
import org.espalier.workflow.bench.Judges;
import picocli.CommandLine.Option;

/** Who judges the answers of a benchmark. */
final class JudgeOptions {
    @Option(
            names = "--judge",
            paramLabel = "URL",
            description = "An endpoint that judges, or its name in the endpoints file; may be repeated, several vote.")
    private List<String> judges = List.of();

    @Option(
            names = "--judge-model",
            paramLabel = "NAME",
            description = "What that endpoint calls the model; once for each --judge that is an address.")
    private List<String> models = List.of();

    @Option(
            names = "--judge-key-env",
            paramLabel = "VAR",
            description = "The environment variable that holds its key; once for all, or once for each.")
    private List<String> keys = List.of();

    @Option(
            names = "--judgements",
            paramLabel = "FILE",
            description = "Or verdicts that somebody else gave, such as GuardRank: JSON lines with id, sample, label.")
    private Optional<Path> imported;

    @Option(names = "--endpoints", paramLabel = "FILE", description = "Endpoints by name, with limits and prices.")
    private Optional<Path> endpoints;

    Optional<EndpointsFile> file() {
        return endpoints.map(Agents::readEndpoints);
    }

    Judges judges(Optional<EndpointsFile> file) {
        if (imported.isPresent()) {
            if (!judges.isEmpty()) {
                throw new InputException(
                        "--judge asks a judge, --judgements takes verdicts from a file: give one of them");
            }
            return new Judges.Imported(imported.get());
        }
        if (judges.isEmpty()) {
            return file.filter(it -> it.agents().containsKey("judge"))
                    .<Judges>map(it -> new Judges.Models(List.of(it.endpointOf(EndpointsFile.JUDGE))))
                    .orElseGet(Judges.Rules::new);
        }
        List<EndpointPlan> plans = new ArrayList<>();
        int address = 0;
        for (int i = 0; i < judges.size(); i++) {
            boolean url = judges.get(i).contains("://");
            Optional<String> model =
                    url && address < models.size() ? Optional.of(models.get(address)) : Optional.empty();
            Optional<String> key = !url || keys.isEmpty()
                    ? Optional.empty()
                    : Optional.of(keys.get(Math.min(address, keys.size() - 1)));
            String name = "judge" + (judges.size() == 1 ? "" : " " + (i + 1));
            plans.add(EndpointOptions.plan(judges.get(i), model, key, name, file, "--judge-model"));
            address += url ? 1 : 0;
        }
        return new Judges.Models(plans);
    }
}
