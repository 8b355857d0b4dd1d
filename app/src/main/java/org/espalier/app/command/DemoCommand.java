package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.work.BaseModel;
import org.espalier.app.work.Demonstration;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier demo}. */
@Command(
        name = "demo",
        description = "Runs the whole method on the greenhouse: explores, trains SRPO and its baselines, measures all,"
                + " writes a report. The same command goes on where it was stopped.")
final class DemoCommand implements Callable<Integer>, Resumable {
    private static final String QWEN = "qwen2_5_vl";
    private static final String LLAVA = "llava_next";

    private final Console console;

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
            defaultValue = QWEN,
            paramLabel = "NAME",
            description = "The family of the base model: " + QWEN + ".")
    private String family;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder of this run (default: runs/demo-SEED-WORLDSEED).")
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

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (family.equals(LLAVA)) {
            throw new InputException("the family " + LLAVA + " is not there yet: the demonstration runs " + QWEN);
        }
        if (!family.equals(QWEN)) {
            throw Words.unknown("family of models", family, List.of(QWEN));
        }
        Demonstration demonstration = new Demonstration(
                model.orElseGet(() -> BaseModel.of(Place.root())),
                recipe.orElseGet(DemoCommand::greenhouse),
                out.orElseGet(() -> Path.of("runs", "demo-" + seed + "-" + worldSeed)),
                seed,
                worldSeed);
        if (dryRun) {
            demonstration.foresee(console);
        } else {
            demonstration.run(console);
        }
        return ExitCode.DONE.number();
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
