package org.espalier.app.command;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.app.config.Recipes;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.hub.repository.RepositoryName;
import org.espalier.ssui.agent.Agents;
import org.espalier.workflow.reproduce.Experiment;
import org.espalier.workflow.reproduce.Machine;
import org.espalier.workflow.reproduce.PaperExperiment;
import org.espalier.workflow.reproduce.Reproduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code espalier reproduce paper}. */
@Command(
        name = "paper",
        description =
                "The paper's whole experiment: both base models, SFT, DPO, ORPO and SRPO, five benchmarks and RSBench."
                        + " --dry-run says what every step takes and what is missing here.")
final class ReproducePaperCommand implements Verb, Resumable {
    static final List<String> METHODS = List.of("sft", "dpo", "orpo", "srpo");

    @Option(
            names = "--base",
            paramLabel = "NAME=DIR",
            description = "Where a base model is: qwen2.5-vl-7b, llava-next-llama3 (default: the hub's cache on this"
                    + " machine).")
    private Map<String, Path> bases = Map.of();

    @Option(names = "--data", defaultValue = "data/ssui/ssui.jsonl", description = "The questions to train on.")
    private Path data;

    @Option(
            names = "--benchmarks",
            defaultValue = "data/benchmarks",
            paramLabel = "DIR",
            description = "A folder with one for each benchmark, called as it is.")
    private Path benchmarks;

    @Option(names = "--recipe", paramLabel = "FILE.yaml", description = "Settings (default: the paper's).")
    private Optional<Path> recipe;

    @Option(
            names = "--endpoints",
            description = "Who judges, with limits and prices (default: recipes/paper-judge.yaml).")
    private Optional<Path> endpoints;

    @Option(
            names = "--machine",
            defaultValue = "a100",
            paramLabel = "NAME",
            description = "What the hours are told for: a100, h100 or here.")
    private String machine;

    @Option(names = "--devices", description = "How many of them (default: 8; here 1).")
    private Optional<Integer> devices;

    @Option(
            names = "--device-hour",
            defaultValue = "0",
            paramLabel = "PRICE",
            description = "What one of them costs an hour, in the money of the endpoints file.")
    private BigDecimal price;

    @Option(names = "--out", defaultValue = "runs/paper", paramLabel = "DIR", description = "The folder of all runs.")
    private Path out;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Mixin
    private PlacementOptions placement;

    @Override
    public int run(Console console) {
        Reproduction reproduction = new Reproduction(experiment());
        if (dryRun) {
            Machine told = machine();
            ReproductionWords.plan(reproduction.experiment(), reproduction.plan(told), told)
                    .forEach(console::say);
            return ExitCode.DONE.number();
        }
        reproduction.run(console.progress(), ended -> ReproductionWords.ended(console, ended));
        return ExitCode.DONE.number();
    }

    private Experiment experiment() {
        Recipes recipes = Recipes.read(recipe, Map.of());
        return new PaperExperiment(
                        folders(),
                        data,
                        benchmarks,
                        methods(recipes),
                        recipes.explore(),
                        recipes.bench(),
                        judge(),
                        placement.choice(),
                        out,
                        recipes.seed())
                .experiment();
    }

    static List<Experiment.Method> methods(Recipes recipes) {
        return METHODS.stream()
                .map(name -> new Experiment.Method(name, recipes.train(name)))
                .toList();
    }

    private Machine machine() {
        List<String> known = Machine.ALL.stream().map(Machine::name).toList();
        Machine found = Machine.ALL.stream()
                .filter(one -> one.name().equals(machine))
                .findFirst()
                .orElseThrow(() -> Words.unknown("machine", machine, known));
        int count = devices.orElse(found.devices());
        if (count < 1 || count > 100_000 || price.signum() < 0) {
            throw new InputException("--devices is a number from 1 to 100000, and --device-hour not below 0");
        }
        return found.of(count, price);
    }

    /** The file's judge, or the one endpoint that it describes. */
    private EndpointPlan judge() {
        EndpointsFile file = Agents.readEndpoints(
                endpoints.orElseGet(() -> Place.ofCheckout("recipes/paper-judge.yaml", "a file with --endpoints")));
        return file.endpointOf(EndpointsFile.JUDGE);
    }

    private Map<String, Path> folders() {
        Map<String, Path> found = new TreeMap<>();
        PaperExperiment.HUB.forEach((name, repository) -> cached(repository).ifPresent(path -> found.put(name, path)));
        bases.forEach((name, folder) -> {
            if (!PaperExperiment.HUB.containsKey(name)) {
                throw Words.unknown(
                        "base model of the paper",
                        name,
                        PaperExperiment.HUB.keySet().stream().sorted().toList());
            }
            found.put(name, folder);
        });
        return found;
    }

    private static Optional<Path> cached(String repository) {
        try {
            return Optional.of(HubFolder.folder(RepositoryName.Kind.MODEL, repository));
        } catch (TypeConversionException _) {
            return Optional.empty();
        }
    }
}
