package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.Provider;
import org.espalier.ssui.agent.Agents;
import org.espalier.workflow.explore.PathSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose reasoning paths are drawn. */
final class PathSourceOptions {
    @Mixin
    private CheckpointOptions checkpoint;

    @Mixin
    private EndpointOptions endpoint;

    @GoesWith({"--endpoint", "--verifier judge"})
    @Option(names = "--endpoints", description = "Endpoints by name, with limits and prices.")
    private Optional<Path> endpoints;

    @GoesWith("--endpoint")
    @Option(
            names = "--continue-by",
            defaultValue = "auto",
            paramLabel = "WAY",
            description =
                    "How an endpoint continues from the beginning of a path: 'prefill' (it stands as an unfinished"
                            + " turn; vLLM and SGLang can), 'turn' (a further turn asks to continue; any server can, but draws"
                            + " other paths than the paper's exploration), or 'auto' (prefill, where the endpoints file says so).")
    private String way;

    Optional<EndpointsFile> file() {
        return endpoints.map(Agents::readEndpoints);
    }

    /** Who is named. */
    PathSource source() {
        if (checkpoint.given() == endpoint.given()) {
            throw new InputException("say whose paths to draw: --model DIR, or --endpoint with a URL or a name");
        }
        return checkpoint.<PathSource>read(PathSource.Checkpoint::new).orElseGet(this::remote);
    }

    private PathSource remote() {
        EndpointPlan plan = endpoint.plan("explored", file());
        if (plan.provider() == Provider.LOCAL) {
            throw new InputException(
                    "endpoint " + plan.name() + " is a checkpoint in this process: explore with --model " + plan.model()
                            + " instead, which batches its draws");
        }
        return remote(plan);
    }

    private PathSource remote(EndpointPlan plan) {
        boolean can = plan.capabilities().prefill() == Capabilities.Prefill.NATIVE;
        return switch (way) {
            case "prefill" -> new PathSource.Remote(can ? plan : prefilled(plan), ContinuationMode.PREFILL);
            case "turn" -> new PathSource.Remote(plan, ContinuationMode.TURN);
            case "auto" -> {
                if (!can) {
                    throw new InputException(
                            "nothing says that endpoint " + plan.name() + " can continue from the beginning"
                                    + " of an answer, which exploring needs: say --continue-by prefill if it can (vLLM and"
                                    + " SGLang), else --continue-by turn");
                }
                yield new PathSource.Remote(plan, ContinuationMode.PREFILL);
            }
            default -> throw Words.unknown("way", way, List.of("auto", "prefill", "turn"));
        };
    }

    /** The word on the command line stands for the file's. */
    private static EndpointPlan prefilled(EndpointPlan plan) {
        Capabilities of = plan.capabilities();
        return plan.with(
                new Capabilities(of.pictures(), of.seed(), of.logprobs(), of.json(), Capabilities.Prefill.NATIVE));
    }
}
