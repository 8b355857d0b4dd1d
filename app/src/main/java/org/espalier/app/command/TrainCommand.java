package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.work.Desk;
import org.espalier.app.work.Rules;
import org.espalier.app.work.TrainWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier train}. */
@Command(name = "train", description = "Trains an adapter on explored paths: by SRPO (Eq. 5-9) or a baseline.")
final class TrainCommand implements Callable<Integer>, GoesOn, TakesSettings {
    private final Desk desk;

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
            names = "--verifier",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "As in explore, where --refresh explores again.")
    private String verifier;

    @Option(
            names = "--allow-licence",
            description = "Use data although their licence forbids training: you have the right from elsewhere.")
    private boolean anyLicence;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    TrainCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public List<Section> sections() {
        return List.of(Section.RUN, Section.TRAIN, Section.EXPLORE);
    }

    @Override
    public Integer call() {
        Recipes recipes = SettingFlags.read(spec, this);
        Rules rules = Words.rules(verifier);
        TrainWork work = new TrainWork(
                model, trees, data, out, anyLicence, rules, recipes.run(), recipes.train(), recipes.explore());
        if (dryRun) {
            work.foresee(desk);
            return ExitCode.DONE.number();
        }
        TrainWork.Done done = work.run(desk);
        desk.say("Trained an adapter by "
                + recipes.train().settings().objective().name() + " (" + done.text() + "); it is in "
                + out.resolve(TrainWork.ADAPTER) + ".");
        return ExitCode.DONE.number();
    }
}
