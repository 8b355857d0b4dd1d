package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.ssui.agent.Agents;
import org.espalier.workflow.bench.Judges;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who judges the answers of a benchmark. */
final class JudgeOptions {
    @Mixin
    private NamedJudges judges;

    @Option(
            names = "--judgements",
            description = "Or verdicts that somebody else gave, such as GuardRank: JSON lines with id, sample, label.")
    private Optional<Path> imported;

    @Option(names = "--endpoints", description = "Endpoints by name, with limits and prices.")
    private Optional<Path> endpoints;

    Optional<EndpointsFile> file() {
        return endpoints.map(Agents::readEndpoints);
    }

    Judges judges(Optional<EndpointsFile> file) {
        if (imported.isPresent()) {
            if (judges.given()) {
                throw new InputException(
                        "--judge asks a judge, --judgements takes verdicts from a file: give one of them");
            }
            return new Judges.Imported(imported.get());
        }
        List<EndpointPlan> plans = judges.plans(file);
        return plans.isEmpty() ? new Judges.Rules() : new Judges.Models(plans);
    }
}
