package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.workflow.train.AdapterTraining;
import org.espalier.workflow.train.TrainedAdapter;
import org.espalier.workflow.train.TrainingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier train}. */
@Command(name = "train", description = "Trains an adapter on explored paths: by SRPO (Eq. 5-9) or a baseline.")
final class TrainCommand implements Callable<Integer>, Resumable, TakesSettings {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "The folder of the base model.")
    private Path model;

    @Option(names = "--trees", required = true, paramLabel = "RUN", description = "The folder of an exploration.")
    private Path trees;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "The explored data file, if it is not where the exploration found it.")
    private Optional<Path> data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder of this run.")
    private Path out;

    @Option(
            names = "--adapter",
            paramLabel = "DIR",
            description = "Train this adapter on instead of a new one: a second stage. DPO measures from it.")
    private Optional<Path> start = Optional.empty();

    @Option(
            names = "--verifier",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "As in explore, where --refresh explores again.")
    private String verifier;

    @Option(
            names = "--allow-licence",
            description = "Use data although their licence forbids training: you have the right from elsewhere.")
    private boolean anyLicence;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public List<Section> sections() {
        return List.of(Section.RUN, Section.TRAIN, Section.EXPLORE);
    }

    @Override
    public Integer call() {
        Recipes recipes = SettingFlags.read(spec, this);
        AdapterTraining training = new AdapterTraining(
                model,
                trees,
                data,
                start,
                out,
                anyLicence,
                Words.verifier(verifier),
                recipes.seed(),
                recipes.train(),
                recipes.explore(),
                placement.choice());
        String method = training.settings().settings().objective().name();
        if (dryRun) {
            TrainingPlan plan = training.plan();
            console.say("Would train " + method + " on " + Counted.of(plan.questions(), "question") + " of " + trees
                    + " with " + model + " into " + out + ".");
            Words.found(out, plan.found()).forEach(console::say);
            plan.notes().forEach(console::say);
            CostText.training(training.forecast()).forEach(console::say);
            return ExitCode.DONE.number();
        }
        training.notes().forEach(console::say);
        TrainedAdapter trained = training.run(console.progress());
        console.say(
                "Trained an adapter by " + method + " (" + trained.extent() + "); it is in " + trained.adapter() + ".");
        return ExitCode.DONE.number();
    }
}
