package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.work.Desk;
import org.espalier.app.work.ExploreWork;
import org.espalier.core.text.Counted;
import org.espalier.srpo.explore.ExploreSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier explore}. */
@Command(name = "explore", description = "Draws a model's reasoning paths and branches them at every step (Eq. 1-4).")
final class ExploreCommand implements Callable<Integer>, GoesOn, TakesSettings {
    private final Desk desk;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DrawerOptions drawer;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "Questions: an ssui.jsonl.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder of this run.")
    private Path out;

    @Option(
            names = "--verifier",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "Who says that a path is correct: 'greenhouse' (its exact rules), 'answer' (the last step"
                    + " contains the answer), or 'auto' (by the data).")
    private String verifier;

    @Option(
            names = "--allow-licence",
            description = "Use data although their licence forbids training: you have the right from elsewhere.")
    private boolean anyLicence;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    ExploreCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public List<Section> sections() {
        return List.of(Section.RUN, Section.EXPLORE);
    }

    @Override
    public Integer call() {
        Recipes recipes = SettingFlags.read(spec, this);
        ExploreWork work = new ExploreWork(
                drawer.drawer(), data, out, Words.rules(verifier), anyLicence, recipes.run(), recipes.explore());
        if (dryRun) {
            work.foresee(desk);
            return ExitCode.DONE.number();
        }
        ExploreSummary summary = work.run(desk);
        desk.say("Explored " + Counted.of(summary.questions(), "question") + ": "
                + Counted.of(summary.pairs(), "pair") + " from "
                + Counted.of(summary.attempts() + summary.branches(), "path") + ".");
        summary.outcomes().forEach((outcome, count) -> desk.say("  %5d %s".formatted(count, outcome)));
        desk.say("The trees are in " + out + ".");
        return ExitCode.DONE.number();
    }
}
