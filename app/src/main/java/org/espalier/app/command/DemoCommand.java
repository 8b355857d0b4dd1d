package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.work.BaseModel;
import org.espalier.app.work.Demonstration;
import org.espalier.app.work.Desk;
import org.espalier.core.InputException;
import org.espalier.model.ModelFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier demo}. */
@Command(
        name = "demo",
        description = "Runs the whole method on the greenhouse: explores, trains SRPO and its baselines, measures all,"
                + " writes a report. The same command goes on where it was stopped.")
final class DemoCommand implements Callable<Integer>, GoesOn {
    private final Desk desk;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Draws other training questions, explorations and initialisations (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--world-seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Draws another world of questions and pictures (default ${DEFAULT-VALUE}).")
    private long worldSeed;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "The family of the base model: " + BaseModel.FAMILIES + " (default: that of --model, or "
                    + BaseModel.FAMILY + ").")
    private Optional<String> family;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The folder of this run (default: runs/demo-SEED-WORLDSEED, with the family before the seeds if one was named).")
    private Optional<Path> out;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Another base model that 'greenhouse grow' made (default: the one that comes with Espalier).")
    private Optional<Path> model;

    @Option(
            names = "--recipe",
            paramLabel = "FILE.yaml",
            description = "Settings (default: recipes/greenhouse.yaml, which says why each is what it is).")
    private Optional<Path> recipe;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    DemoCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        family.ifPresent(Words::family);
        Demonstration demonstration = new Demonstration(
                base(),
                recipe.orElseGet(DemoCommand::greenhouse),
                out.orElseGet(() ->
                        Path.of("runs", "demo-" + family.map(name -> name + "-").orElse("") + seed + "-" + worldSeed)),
                seed,
                worldSeed);
        if (dryRun) {
            demonstration.foresee(desk);
        } else {
            demonstration.run(desk);
        }
        return ExitCode.DONE.number();
    }

    private Path base() {
        if (model.isEmpty()) {
            return BaseModel.of(Place.root(), family.orElse(BaseModel.FAMILY));
        }
        String found = ModelFolder.open(model.get()).family().modelType();
        if (family.isPresent() && !found.equals(family.get())) {
            throw new InputException("the model " + model.get() + " is of the family " + found + ", not " + family.get()
                    + ": leave --family out, or give another model");
        }
        return model.get();
    }

    private static Path greenhouse() {
        Path file = Place.root().orElse(Path.of("")).resolve("recipes/greenhouse.yaml");
        if (!Files.exists(file)) {
            throw new InputException(file + " is not there: start Espalier with its launcher from a complete checkout,"
                    + " or give a recipe with --recipe");
        }
        return file;
    }
}
