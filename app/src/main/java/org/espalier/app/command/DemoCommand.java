package org.espalier.app.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.app.config.Recipes;
import org.espalier.app.console.Console;
import org.espalier.app.console.Durations;
import org.espalier.core.InputException;
import org.espalier.greenhouse.grow.GrowSettings;
import org.espalier.model.ModelFolder;
import org.espalier.report.FigureTable;
import org.espalier.ssui.agent.Agents;
import org.espalier.workflow.demo.Demonstration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier demo}. */
@Command(
        name = "demo",
        description = "Runs the whole method on the greenhouse: explores, trains SRPO and its baselines, measures all,"
                + " writes a report. The same command resumes it where it was stopped.")
final class DemoCommand implements Verb, Resumable {
    /** A second stage explores with what the first has learned, so that no solved question need be shown, at a lower rate. */
    private static final Map<String, String> SECOND =
            Map.of("learning-rate", "2e-3", "warm-up-steps", "0", "examples", "0", "epochs", "3");

    /** As long on the questions with a reference path alone, at the rate that is best for so long. */
    private static final Map<String, String> AS_LONG =
            Map.of("epochs", String.valueOf(3 * Demonstration.MORE / Demonstration.QUESTIONS), "learning-rate", "5e-4");

    /** For questions without a reference path: the model's own correct path stands in its place. */
    private static final Map<String, String> OWN_PATHS = Map.of("reference-path", "trunk", "pairs-from-step", "4");

    @Option(
            names = "--seed",
            defaultValue = "0",
            description = "Draws other training questions, explorations and initialisations.")
    private long seed;

    @Option(names = "--world-seed", defaultValue = "1", description = "Draws another world of questions and pictures.")
    private long worldSeed;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "The family of the base model: " + GrowSettings.FAMILIES + " (default: that of --model, or "
                    + GrowSettings.FAMILY + ").")
    private Optional<String> family;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The folder of this run (default: runs/demo-SEED-WORLDSEED, with the family before the seeds if one was named).")
    private Optional<Path> out;

    @Option(
            names = "--model",
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "Another base model that 'greenhouse grow' made (default: the one that comes with Espalier).")
    private Optional<Path> model;

    @Option(
            names = "--recipe",
            paramLabel = "FILE.yaml",
            description = "Settings (default: recipes/greenhouse.yaml, which says why each is what it is).")
    private Optional<Path> recipe;

    @Mixin
    private VerifierOptions verifier;

    @GoesWith("--verifier judge")
    @Option(names = "--endpoints", description = "Endpoints by name, with limits and prices, for --verifier judge.")
    private Optional<Path> endpoints;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        Demonstration demonstration = demonstration();
        if (dryRun) {
            tell(console, demonstration);
            return ExitCode.DONE.number();
        }
        long start = System.nanoTime();
        Demonstration.Result result = demonstration.run(console::another, it -> tell(console, it));
        GreenhouseWorldCommand.tell(console, result.balance());
        FigureTable.of(result.runs()).forEach(console::say);
        console.say("");
        console.say("The report is " + result.page() + " (all in "
                + Durations.text(Duration.ofNanos(System.nanoTime() - start)) + ").");
        return ExitCode.DONE.number();
    }

    /** A recipe that cannot be used is refused before anything is drawn. */
    private Demonstration demonstration() {
        Path settings = recipe();
        Recipes plain = recipes(settings, Map.of());
        List<Demonstration.Row> rows = new ArrayList<>();
        for (String method : List.of("sft", "dpo", "orpo", "srpo")) {
            rows.add(new Demonstration.Row(method, plain.train(method), plain.explore()));
        }
        rows.add(second("sft", AS_LONG, false));
        rows.add(second("orpo", Map.of(), true));
        rows.add(second("srpo", OWN_PATHS, true));
        return new Demonstration(
                base(),
                settings,
                out.orElseGet(() ->
                        Path.of("runs", "demo-" + family.map(name -> name + "-").orElse("") + seed + "-" + worldSeed)),
                plain.seed(),
                worldSeed,
                plain.explore(),
                plain.bench(),
                verifier.choice(endpoints.map(Agents::readEndpoints)),
                rows);
    }

    /** A second stage after SFT. */
    private Demonstration.Row second(String method, Map<String, String> own, boolean more) {
        Map<String, String> flags = new TreeMap<>(SECOND);
        flags.putAll(own);
        Recipes recipes = recipes(recipe(), flags);
        return new Demonstration.Row(
                "sft-" + method, recipes.train(method), recipes.explore(), Optional.of("sft"), more);
    }

    private Path recipe() {
        return recipe.orElseGet(() -> Place.ofCheckout("recipes/greenhouse.yaml", "a recipe with --recipe"));
    }

    private Path base() {
        List<String> known = GrowSettings.families();
        family.filter(name -> !known.contains(name)).ifPresent(name -> {
            throw Words.unknown("family of base models", name, known);
        });
        if (model.isEmpty()) {
            return Place.baseModel(family.orElse(GrowSettings.FAMILY));
        }
        if (family.isPresent()) {
            String found = ModelFolder.open(model.get()).family().modelType();
            if (!found.equals(family.get())) {
                throw new InputException("the model " + model.get() + " is of the family " + found + ", not "
                        + family.get() + ": leave --family out, or give another model");
            }
        }
        return model.get();
    }

    private Recipes recipes(Path file, Map<String, String> more) {
        Map<String, String> flags = new TreeMap<>(more);
        flags.put("seed", Long.toString(seed));
        return Recipes.read(Optional.of(file), flags);
    }

    private void tell(Console console, Demonstration demonstration) {
        Words.found(demonstration.out(), demonstration.plan()).forEach(console::say);
        GreenhouseWorldCommand.tell(console, demonstration.world());
        console.say("Would then, with the model of " + demonstration.model() + ", in " + demonstration.out() + ":");
        console.say(CostText.model(ModelFolder.open(demonstration.model()).inventory()));
        console.say("  explore " + Demonstration.QUESTIONS + " questions with a reference path (seed " + seed
                + "), and " + Demonstration.MORE + " with the model after SFT");
        console.say("  train "
                + String.join(
                        ", ",
                        demonstration.rows().stream()
                                .map(Demonstration.Row::label)
                                .toList())
                + ", in batches of 8 questions");
        console.say("  ask the base model and each of them " + Demonstration.ASKED + " questions, and write "
                + demonstration.page());
        console.say("  about 60 MB; under 4 GiB of memory; under 5 minutes on two cores");
    }

    private void tell(Console console, Demonstration.Stage stage) {
        console.say("%-19s %8s  %s"
                .formatted(stage.name(), Durations.text(stage.time()), stage.found())
                .stripTrailing());
    }
}
