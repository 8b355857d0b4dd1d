package org.espalier.app.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.app.config.Recipes;
import org.espalier.app.console.Durations;
import org.espalier.bench.set.RsBench;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.report.FigureTable;
import org.espalier.report.Report;

/**
 * The whole method on the greenhouse: draw a world, explore, train each method, measure all, report. Each stage is the
 * run of a verb in a folder of its own; what is done already is not done again. Stages that do not need each other go on
 * side by side.
 *
 * @param recipe the greenhouse's settings
 * @param seed names the questions that are trained on, the explorations, the adapters' beginnings, the orders
 */
public record Demonstration(Path model, Path recipe, Path out, long seed, long worldSeed) {
    /** Questions to train on, and how many there are to choose them from. */
    private static final int QUESTIONS = 200;

    /** Questions to ask of each test part: enough that half an interval is about six points. */
    private static final int ASKED = 480;

    private static final Map<Part, Integer> SIZES = Map.of(
            Part.TRAIN, 2 * QUESTIONS, Part.TEST_SEEN, ASKED, Part.TEST_COMBINATIONS, ASKED, Part.TEST_DRAWINGS, ASKED);

    /** A refresh meets few steps that still fail: half the draws find most of them. */
    private static final Map<String, String> REFRESHED = Map.of("refresh", "1", "branch-samples", "4");

    private static final String EXPLORE = "explore";
    private static final String BASE = "base";

    /** A row of the table. Half-way through its training a refreshed one explores again. */
    private enum Row {
        SFT("sft", false),
        DPO("dpo", false),
        ORPO("orpo", false),
        SRPO("srpo", false),
        ORPO_REFRESH("orpo", true),
        SRPO_REFRESH("srpo", true);

        private final String method;
        private final boolean refresh;

        Row(String method, boolean refresh) {
            this.method = method;
            this.refresh = refresh;
        }

        private String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Says what would be done. */
    public void foresee(Desk desk) {
        readAll();
        Destination.foresee(desk, out, this::plan);
        WorldWork world = world();
        world.foresee(desk);
        try (Forecast forecast = Forecast.of(model)) {
            desk.say("Would then, with the model of " + model + ", in " + out + ":");
            forecast.model(desk);
        }
        desk.say("  explore " + QUESTIONS + " questions (seed " + seed + ")");
        desk.say("  train "
                + String.join(", ", Arrays.stream(Row.values()).map(Row::label).toList())
                + ", 75 steps of 8 questions each");
        desk.say("  ask the base model and each of them " + 3 * ASKED + " questions, and write " + page());
        desk.say("  about 60 MB; under 4 GiB of memory; under 5 minutes on two cores");
    }

    /** Does all of it, and prints the table. */
    public void run(Desk desk) {
        readAll();
        long start = System.nanoTime();
        try (RunFolder folder = RunFolder.open(out, plan())) {
            world(desk);
            Lanes.run(List.of(this::explore, lane -> measure(lane, BASE, Optional.empty())), desk);
            // The longest first, so that no lane ends long after the others.
            List<Row> rows = Arrays.asList(Row.values()).reversed();
            Lanes.run(
                    rows.stream()
                            .<Consumer<Desk>>map(row -> lane -> row(lane, row))
                            .toList(),
                    desk);
            stage(desk, "report", own -> {
                Report.write(runs(), page());
                return page().toString();
            });
            folder.finish();
        }
        FigureTable.of(runs()).forEach(desk::say);
        desk.say("");
        desk.say("The report is " + page() + " (all in " + Durations.text(Duration.ofNanos(System.nanoTime() - start))
                + ").");
    }

    private RunPlan plan() {
        return Machine.computing("demo")
                .seed("seed", seed)
                .seed("world", worldSeed)
                .input("model", model)
                .input("recipe", recipe)
                .build();
    }

    private Path page() {
        return out.resolve("report.html");
    }

    private Path folder(String name) {
        return out.resolve(name);
    }

    private List<Path> runs() {
        List<Path> runs = new ArrayList<>(List.of(folder(EXPLORE)));
        for (Row row : Row.values()) {
            runs.add(folder("train-" + row.label()));
        }
        runs.add(folder("bench-" + BASE));
        for (Row row : Row.values()) {
            runs.add(folder("bench-" + row.label()));
        }
        return runs;
    }

    private WorldWork world() {
        return new WorldWork(
                folder("world"),
                new WorldSettings(worldSeed, SIZES),
                SplitFile.read(WorldFile.load(), model),
                "model " + model,
                Map.of());
    }

    private void world(Desk desk) {
        stage(desk, "world", own -> {
            world().run(own);
            int questions = TrainingQuestions.write(folder("world"), QUESTIONS, seed, own.progress());
            return questions + " questions to train on, " + 3 * ASKED + " to ask";
        });
    }

    private Recipes recipes(Map<String, String> more) {
        Map<String, String> flags = new TreeMap<>(more);
        flags.put("seed", Long.toString(seed));
        return Recipes.read(Optional.of(recipe), flags);
    }

    /** A recipe that cannot be used is refused before anything is drawn. */
    private void readAll() {
        Recipes all = recipes(REFRESHED);
        all.run();
        all.explore();
        all.bench();
        Arrays.stream(Row.values()).forEach(row -> all.train(row.method));
    }

    private Path questions() {
        return TrainingQuestions.file(folder("world"));
    }

    private void explore(Desk desk) {
        Recipes recipes = recipes(Map.of());
        stage(desk, EXPLORE, own -> {
            var summary = new ExploreWork(
                            new Drawer.Checkpoint(model),
                            questions(),
                            folder(EXPLORE),
                            Rules.AUTO,
                            false,
                            recipes.run(),
                            recipes.explore())
                    .run(own);
            return summary.pairs() + " pairs from " + (summary.attempts() + summary.branches()) + " paths";
        });
    }

    private void row(Desk desk, Row row) {
        train(desk, row);
        measure(desk, row.label(), Optional.of(folder("train-" + row.label()).resolve(TrainWork.ADAPTER)));
    }

    private void train(Desk desk, Row row) {
        Recipes recipes = recipes(row.refresh ? REFRESHED : Map.of());
        Path to = folder("train-" + row.label());
        stage(desk, "train " + row.label(), own -> {
            var done = new TrainWork(
                            model,
                            folder(EXPLORE),
                            Optional.of(questions()),
                            to,
                            false,
                            Rules.AUTO,
                            recipes.run(),
                            recipes.train(row.method),
                            recipes.explore())
                    .run(own);
            return done.text();
        });
    }

    private void measure(Desk desk, String name, Optional<Path> adapter) {
        Recipes recipes = recipes(Map.of());
        stage(desk, "bench " + name, own -> {
            new BenchWork(
                            BenchmarkChoice.of(RsBench.NAME, folder("world").resolve(WorldWork.TEST)),
                            new MeasuredModel.Local(model, adapter),
                            new Judges.Rules(),
                            folder("bench-" + name),
                            Optional.empty(),
                            recipes.run(),
                            recipes.bench())
                    .run(own);
            return "";
        });
    }

    private static void stage(Desk desk, String name, Function<Desk, String> work) {
        long start = System.nanoTime();
        String said = work.apply(desk.named(name));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        desk.say("%-19s %8s  %s".formatted(name, Durations.text(took), said).stripTrailing());
    }
}
