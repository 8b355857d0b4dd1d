package org.espalier.app.command;

import java.util.Optional;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.workflow.explore.VerifierChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The judges of answers, and how often each is asked. */
final class JudgeVotes {
    @Mixin
    private NamedJudges judges;

    @GoesWith("--verifier judge")
    @Option(
            names = "--judge-votes",
            defaultValue = "1",
            description = "Ask each judge so often about an answer; what more than half of all votes say counts.")
    private int votes;

    VerifierChoice.Judge choice(Optional<EndpointsFile> file) {
        return new VerifierChoice.Judge(judges.plans(file), votes);
    }
}
