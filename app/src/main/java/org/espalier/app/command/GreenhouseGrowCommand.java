package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.greenhouse.grow.Grow;
import org.espalier.greenhouse.grow.GrowSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier greenhouse grow}. */
@Command(
        name = "grow",
        description = "Grows the greenhouse's base model from nothing. The same command resumes what was stopped.")
final class GreenhouseGrowCommand implements Verb, Resumable {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for the model.")
    private Path out;

    @Option(
            names = "--family",
            defaultValue = GrowSettings.FAMILY,
            paramLabel = "NAME",
            description = "The family of the model: " + GrowSettings.FAMILIES)
    private String family;

    @Option(names = "--split-seed", defaultValue = "1", description = "Draws what the model never sees.")
    private long splitSeed;

    @Option(names = "--seed", defaultValue = "1", description = "Draws its first weights and its texts.")
    private long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Steps of the training, of which each cycle gets its share (default: as many as the shipped model"
                            + " of the family had).")
    private Optional<Integer> steps;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        GrowSettings recipe = GrowSettings.of(splitSeed, seed, family);
        GrowSettings settings = steps.map(recipe::in).orElse(recipe);
        if (dryRun && Grow.isIn(out)) {
            console.say("A model is in " + out + " already.");
            return ExitCode.DONE.number();
        }
        if (dryRun) {
            console.say("Would grow a model (" + family + ") into " + out + ": " + settings.steps() + " steps of "
                    + settings.batch()
                    + " texts, split " + splitSeed + ", seed " + seed + "; about " + settings.minutes()
                    + " minutes on two idle cores, 3 GiB of memory, 5 MB on disk.");
            return ExitCode.DONE.number();
        }
        Grow.run(out, settings, console.progress());
        console.say("The model is in " + out + ".");
        return ExitCode.DONE.number();
    }
}
