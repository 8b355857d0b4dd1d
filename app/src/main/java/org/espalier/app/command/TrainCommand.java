package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.text.Counted;
import org.espalier.ssui.agent.Agents;
import org.espalier.workflow.train.AdapterTraining;
import org.espalier.workflow.train.Processes;
import org.espalier.workflow.train.TrainingSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier train}. */
@Command(name = "train", description = "Trains an adapter on explored paths: by SRPO (Eq. 5-9) or a baseline.")
final class TrainCommand implements Verb, Resumable, TakesSettings {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of the base model, or its name on a hub (see pull).")
    private Path model;

    @Option(names = "--trees", paramLabel = "RUN", description = "The folder of an exploration.")
    private Optional<Path> trees;

    @Option(
            names = "--dataset",
            description = "Or pairs and examples of others, for sft, dpo and orpo: the forms of TRL, LLaMA-Factory and"
                    + " ms-swift, as lines of JSON, a JSON array or Parquet (docs/data.md).")
    private Optional<Path> examples;

    @Option(
            names = "--data",
            converter = HubFolder.DataFile.class,
            description = "The explored data file, if it is not where the exploration found it.")
    private Optional<Path> data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder of this run.")
    private Path out;

    @Option(
            names = "--adapter",
            paramLabel = "DIR",
            description = "Train this adapter on instead of a new one: a second stage. DPO measures from it.")
    private Optional<Path> start = Optional.empty();

    @Mixin
    private VerifierOptions verifier;

    @GoesWith("--verifier judge")
    @Option(
            names = "--endpoints",
            description =
                    "Endpoints by name, with limits and prices, for --verifier judge where --refresh explores again.")
    private Optional<Path> endpoints;

    @Option(
            names = "--allow-licence",
            description = "Use data although their licence forbids training: you have the right from elsewhere.")
    private boolean anyLicence;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    @Mixin
    private ProcessOptions parallel = new ProcessOptions();

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public List<Section> sections() {
        return List.of(Section.RUN, Section.TRAIN, Section.EXPLORE);
    }

    private TrainingSource source() {
        if (trees.isPresent() == examples.isPresent()) {
            throw new InputException("say what to train on: --trees RUN of an exploration, or --dataset FILE");
        }
        if (examples.isPresent() && data.isPresent()) {
            throw new InputException("--data is the explored file of --trees; --dataset needs none");
        }
        return examples.<TrainingSource>map(TrainingSource.Examples::new)
                .orElseGet(() -> new TrainingSource.Explored(trees.orElseThrow(), data));
    }

    @Override
    public int run(Console console) {
        Processes processes = parallel.choice(spec, console::warn);
        Recipes recipes = SettingFlags.read(spec, this);
        verifier.requireUse(recipes.train().settings().refresh() > 0);
        AdapterTraining training = new AdapterTraining(
                model,
                source(),
                start,
                out,
                anyLicence,
                verifier.choice(endpoints.map(Agents::readEndpoints)),
                recipes.seed(),
                recipes.train(),
                recipes.explore(),
                placement.choice(ProcessOptions.local(processes)),
                processes);
        if (!processes.first()) {
            return follow(training);
        }
        String method = training.settings().settings().objective().name();
        if (dryRun) {
            tellPlan(console, training, method);
            return ExitCode.DONE.number();
        }
        training.notes().forEach(console::say);
        AdapterTraining.Trained trained = training.run(console.progress());
        console.say(
                "Trained an adapter by " + method + " (" + trained.extent() + "); it is in " + trained.adapter() + ".");
        return ExitCode.DONE.number();
    }

    private void tellPlan(Console console, AdapterTraining training, String method) {
        AdapterTraining.Plan plan = training.plan();
        console.say("Would train " + method + " on " + Counted.of(plan.questions(), "question") + " of "
                + training.source().place() + " with " + model + " into " + out + ".");
        Words.found(out, plan.found()).forEach(console::say);
        plan.notes().forEach(console::say);
        CostText.training(training.forecast()).forEach(console::say);
        ProcessOptions.told(training.processes(), training.settings().settings().batch())
                .forEach(console::say);
    }

    /** One of several processes that is not the first: that one tells what a person should know. */
    private int follow(AdapterTraining training) {
        if (dryRun) {
            return ExitCode.DONE.number();
        }
        try {
            training.run(Progress.SILENT);
            return ExitCode.DONE.number();
        } catch (InputException | SurroundingsException | CancellationException e) {
            if (training.processes() instanceof Processes.Launched launched
                    && launched.membership().child()) {
                return Failure.of(e).code().number();
            }
            throw e;
        }
    }
}
