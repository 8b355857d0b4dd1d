package org.espalier.app.command;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.data.BenchmarkSets;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.workflow.greenhouse.PictureDrawing;
import org.espalier.workflow.greenhouse.WorldDrawing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier greenhouse world}. */
@Command(
        name = "world",
        description = "Draws questions of the greenhouse as SSUI data with pictures, or pictures alone.")
final class GreenhouseWorldCommand implements Verb, Resumable {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for the data.")
    private Path out;

    @Option(
            names = "--world-seed",
            defaultValue = "1",
            description = "Redraws scenes, bystanders, wordings and questions.")
    private long worldSeed;

    @Option(
            names = "--model",
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The base model that says what is held out (default: the one that comes with Espalier).")
    private Optional<Path> model;

    @Option(names = "--split-seed", description = "Hold out what a base model grown with this split seed has not seen.")
    private Optional<Long> splitSeed;

    @NotWith("--pictures")
    @Option(
            names = "--size",
            paramLabel = "PART=N",
            description = "Questions in a part, an even number: train, validation, test-seen, test-combinations,"
                    + " test-drawings. Parts that are not named get the demonstration's sizes.")
    private Map<String, Integer> sizes = Map.of();

    @Option(
            names = "--pictures",
            description = "Draw so many pictures without questions, for 'ssui intake' and 'ssui build'.")
    private Optional<Integer> pictures;

    @GoesWith("--pictures")
    @Option(
            names = "--kilobytes",
            defaultValue = "0",
            description = "Make each of those files at least so large, to measure with.")
    private int kilobytes;

    @NotWith("--pictures")
    @Option(
            names = "--benchmarks",
            description = "Write questions in the published forms of the benchmarks too, a folder each below"
                    + " DIR/benchmarks: their forms, not their content.")
    private boolean benchmarks;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        if (pictures.isPresent()) {
            return draw(console, pictures.get());
        }
        Map<Part, Integer> wanted = new EnumMap<>(WorldSettings.of(worldSeed).sizes());
        Map<Part, String> sources = new EnumMap<>(Part.class);
        sizes.forEach((label, size) -> {
            Part part = Words.choice(Part.class, "part of the greenhouse", label);
            wanted.put(part, size);
            sources.put(part, "flag --size");
        });
        Held held = held();
        WorldDrawing world =
                new WorldDrawing(out, new WorldSettings(worldSeed, wanted), held.split(), held.source(), sources);
        if (dryRun) {
            tell(console, world);
            return ExitCode.DONE.number();
        }
        tell(console, world.run(console.progress()));
        console.say("The questions of world " + worldSeed + " are in " + out + ".");
        if (benchmarks) {
            Path forms = out.resolve("benchmarks");
            new BenchmarkSets(SsuiFile.read(WorldDrawing.file(out, Part.TEST_SEEN))).write(forms);
            console.say("Some of them, in the published forms of the benchmarks, are in " + forms + ".");
        }
        return ExitCode.DONE.number();
    }

    static void tell(Console console, WorldDrawing world) {
        console.say("Would draw world " + world.settings().worldSeed() + " into " + world.out() + ":");
        Words.found(world.out(), world.plan()).forEach(console::say);
        world.settings()
                .sizes()
                .forEach((part, size) -> console.say("  %-18s %5d questions, %s", part.label(), size, part.split()));
        console.say(
                "  about %.1f MB and %d s; held out: split %d of %s",
                world.megabytes(), world.seconds(), world.split().seed(), world.splitSource());
    }

    static void tell(Console console, Optional<WorldDrawing.Balance> drawn) {
        drawn.ifPresent(balance -> console.say(
                "Neither half decides alone: who knows exactly how questions are drawn guesses safe or unsafe right in at"
                        + " most %.0f %% from the query and %.0f %% from the picture.",
                100 * balance.byQuery(), 100 * balance.byPicture()));
    }

    private int draw(Console console, int count) {
        Held held = held();
        PictureDrawing drawing = new PictureDrawing(
                out, worldSeed, count, kilobytes, held.split(), held.source(), GreenhouseServeCommand.PORT);
        if (dryRun) {
            console.say("Would draw " + count + " pictures into " + out.resolve(PictureDrawing.IMAGES) + ": about "
                    + drawing.megabytes() + " MB; held out: split "
                    + held.split().seed() + " of " + held.source());
            Words.found(out, drawing.plan()).forEach(console::say);
        } else {
            drawing.run(console.progress());
            console.say(count + " pictures are in " + out.resolve(PictureDrawing.IMAGES) + ".");
        }
        return ExitCode.DONE.number();
    }

    private record Held(Split split, String source) {}

    private Held held() {
        World world = WorldFile.load();
        if (model.isPresent() && splitSeed.isPresent()) {
            throw new InputException("--model and --split-seed both say what is held out: give one of them");
        }
        if (splitSeed.isPresent()) {
            return new Held(Split.draw(world, splitSeed.get()), "flag --split-seed");
        }
        Path folder = model.orElseGet(() -> Place.baseModel());
        return new Held(SplitFile.read(world, folder), "model " + folder);
    }
}
