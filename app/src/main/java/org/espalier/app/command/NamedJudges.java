package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import picocli.CommandLine.Option;

/** Models that judge. */
final class NamedJudges {
    @GoesWith("--verifier judge")
    @Option(
            names = "--judge",
            paramLabel = "URL",
            description =
                    "An endpoint that judges, its name in the endpoints file, or the folder of a checkpoint; may be"
                            + " repeated, several vote.")
    private List<String> judges = List.of();

    @GoesWith("--judge")
    @Option(
            names = "--judge-model",
            paramLabel = "NAME",
            description = "What that endpoint calls the model; once for each --judge that is an address.")
    private List<String> models = List.of();

    @GoesWith("--judge")
    @Option(
            names = "--judge-key-env",
            paramLabel = "VAR",
            description = "The environment variable that holds its key; once for all, or once for each.")
    private List<String> keys = List.of();

    /** The judges that are named; else the endpoints file's own, if it has one. */
    List<EndpointPlan> plans(Optional<EndpointsFile> file) {
        if (judges.isEmpty()) {
            return file.filter(it -> it.agents().containsKey(EndpointsFile.JUDGE)).stream()
                    .map(it -> it.endpointOf(EndpointsFile.JUDGE))
                    .toList();
        }
        List<EndpointPlan> plans = new ArrayList<>();
        int address = 0;
        for (int i = 0; i < judges.size(); i++) {
            String given = judges.get(i);
            String name = "judge" + (judges.size() == 1 ? "" : " " + (i + 1));
            boolean described =
                    file.map(it -> it.endpoints().containsKey(given)).orElse(false);
            if (!described && Files.isDirectory(Path.of(given))) {
                plans.add(EndpointPlan.checkpoint(name, Path.of(given), Optional.empty()));
                continue;
            }
            boolean url = given.contains("://");
            Optional<String> model =
                    url && address < models.size() ? Optional.of(models.get(address)) : Optional.empty();
            Optional<String> key = !url || keys.isEmpty()
                    ? Optional.empty()
                    : Optional.of(keys.get(Math.min(address, keys.size() - 1)));
            plans.add(EndpointOptions.plan(given, model, key, name, file, "--judge-model"));
            address += url ? 1 : 0;
        }
        requireUse("--judge-model", models.size(), address);
        requireUse("--judge-key-env", keys.size(), address);
        return plans;
    }

    /** What stands for more judges than there are is a slip of the hand. */
    private static void requireUse(String option, int given, int addresses) {
        if (given > addresses) {
            throw new InputException(option + " is given " + Counted.of(given, "time") + ", and of the judges "
                    + Counted.of(addresses, "is an address", "are addresses") + ": give it once for each address");
        }
    }

    boolean given() {
        return !judges.isEmpty();
    }
}
