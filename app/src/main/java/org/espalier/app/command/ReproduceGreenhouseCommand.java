package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.app.config.Recipes;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.workflow.reproduce.GreenhouseExperiment;
import org.espalier.workflow.reproduce.Machine;
import org.espalier.workflow.reproduce.Reproduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier reproduce greenhouse}. */
@Command(
        name = "greenhouse",
        description =
                "The same plan as 'reproduce paper', run to its end in small: the greenhouse's questions in the forms"
                        + " of the benchmarks, its server as the judge.")
final class ReproduceGreenhouseCommand implements Verb, Resumable {
    private static final int MOST = 10_000;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            arity = "1",
            description =
                    "A base model that 'greenhouse grow' made; may be given several times (default: those that come"
                            + " with Espalier).")
    private List<Path> models = List.of();

    @Option(names = "--questions", defaultValue = "32", description = "To train on, an even number.")
    private int questions;

    @Option(names = "--ask", defaultValue = "8", description = "Units of each benchmark to ask.")
    private int ask;

    @Option(names = "--seed", defaultValue = "0", description = "Names every random number.")
    private long seed;

    @Option(names = "--recipe", paramLabel = "FILE.yaml", description = "Settings (default: recipes/greenhouse.yaml).")
    private Optional<Path> recipe;

    @Option(
            names = "--out",
            defaultValue = "runs/reproduce-greenhouse",
            paramLabel = "DIR",
            description = "The folder of all runs.")
    private Path out;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        if (questions < 2 || questions % 2 != 0 || questions > MOST || ask < 1 || ask > MOST) {
            throw new InputException(
                    "--questions is an even number from 2 to " + MOST + ", --ask one from 1 to " + MOST);
        }
        Recipes recipes = Recipes.read(
                Optional.of(
                        recipe.orElseGet(() -> Place.ofCheckout("recipes/greenhouse.yaml", "a recipe with --recipe"))),
                Map.of("seed", Long.toString(seed)));
        Reproduction reproduction = new Reproduction(new GreenhouseExperiment(
                        models.isEmpty() ? Place.baseModels() : models,
                        ReproducePaperCommand.methods(recipes),
                        recipes.explore(),
                        recipes.bench(),
                        questions,
                        ask,
                        out,
                        seed)
                .experiment());
        if (dryRun) {
            ReproductionWords.plan(reproduction.experiment(), reproduction.plan(Machine.HERE), Machine.HERE)
                    .forEach(console::say);
        } else {
            reproduction.run(console.progress(), ended -> ReproductionWords.ended(console, ended));
        }
        return ExitCode.DONE.number();
    }
}
