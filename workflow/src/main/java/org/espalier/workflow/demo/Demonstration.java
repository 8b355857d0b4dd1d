package org.espalier.workflow.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.set.RsBench;
import org.espalier.core.ExploreSummary;
import org.espalier.core.Progress;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.settings.Resolved;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.report.Report;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.bench.Judges;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.ModelMeasurement;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.PathSource;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.greenhouse.TrainingQuestions;
import org.espalier.workflow.greenhouse.WorldDrawing;
import org.espalier.workflow.internal.ParallelStages;
import org.espalier.workflow.run.RunPlans;
import org.espalier.workflow.train.AdapterTraining;
import org.espalier.workflow.train.Processes;
import org.espalier.workflow.train.TrainingSource;

/**
 * The whole method on the greenhouse: draw a world, explore, train each method, measure all, report. Each stage is the
 * run of a verb in a folder of its own; what is done already is not done again. Stages that do not need each other are
 * done side by side.
 *
 * @param recipe the file that the settings are from
 * @param seed names the questions that are trained on, the explorations, the adapters' beginnings, the orders
 * @param verifier of what is explored; the greenhouse's rules measure in any case
 * @param rows of the table, beside that of the base model
 */
public record Demonstration(
        Path model,
        Path recipe,
        Path out,
        long seed,
        long worldSeed,
        Resolved<ExploreSettings> explore,
        Resolved<BenchSettings> bench,
        VerifierChoice verifier,
        List<Row> rows) {
    /** Questions to train on, each with a reference path. */
    public static final int QUESTIONS = 50;
    /** Questions that second stages explore and train on: the same, and others of which the reference path is not used. */
    public static final int MORE = 300;
    /** Questions to ask: enough of each part that half an interval is about five points. */
    public static final int ASKED = 2 * 480;

    /** Twice as many questions to choose from as are trained on. */
    private static final Map<Part, Integer> SIZES =
            Map.of(Part.TRAIN, 2 * MORE, Part.TEST_SEEN, ASKED / 2, Part.TEST_COMBINATIONS, ASKED / 2);

    private static final String EXPLORE = "explore";
    private static final String BASE = "base";

    public Demonstration {
        rows = List.copyOf(rows);
    }

    /**
     * One trained model.
     *
     * @param label names its folders
     * @param explore of the paths that a second stage trains on, and where a training explores again
     * @param after label of the row before it whose adapter it continues
     * @param more whether that row's model explores {@link #MORE} questions for it; such rows share what is explored. Else
     *     it trains on what the base model explored
     */
    public record Row(
            String label,
            Resolved<TrainSettings> train,
            Resolved<ExploreSettings> explore,
            Optional<String> after,
            boolean more) {
        /** Trained from the base model. */
        public Row(String label, Resolved<TrainSettings> train, Resolved<ExploreSettings> explore) {
            this(label, train, explore, Optional.empty(), false);
        }

        public Row {
            if (more && after.isEmpty()) {
                throw new IllegalArgumentException("row " + label + " explores with no model");
            }
        }

        private Optional<String> explorer() {
            return after.filter(_ -> more);
        }
    }

    /** A stage that has ended, and what it found in a few words or none. */
    public record Stage(String name, Duration time, String found) {}

    /** What came of it: runs in the order of the table; no balance where the world was drawn before. */
    public record Result(List<Path> runs, Path page, Optional<WorldDrawing.Balance> balance) {}

    /** What is in the folder of the run; nothing is written. Refuses what {@link #run} would refuse. */
    public RunFolder.Found plan() {
        return RunFolder.inspect(out, this::runPlan);
    }

    /**
     * Does all of it.
     *
     * @param progress gives one to each thread
     * @param ended hears of each stage; from any thread
     */
    public Result run(Supplier<Progress> progress, Consumer<Stage> ended) {
        try (RunFolder folder = RunFolder.open(out, runPlan())) {
            Progress own = progress.get();
            List<WorldDrawing.Balance> balance = new ArrayList<>();
            stage("world", own, ended, told -> {
                world().run(told).ifPresent(balance::add);
                TrainingQuestions.writeBeside(folder("world"), MORE, seed);
                return TrainingQuestions.write(folder("world"), QUESTIONS, seed, told) + " questions to train on, "
                        + MORE + " for second stages, " + ASKED + " to ask";
            });
            ParallelStages.runInOrder(stages(ended), progress);
            stage("report", own, ended, told -> {
                Report.write(runs(), page());
                return page().toString();
            });
            folder.finish();
            return new Result(runs(), page(), balance.stream().findFirst());
        }
    }

    private RunPlan runPlan() {
        RunPlan.Builder plan = RunPlans.computing("demo")
                .seed("seed", seed)
                .seed("world", worldSeed)
                .input("model", model)
                .input("recipe", recipe);
        if (verifier != VerifierChoice.Shipped.AUTO) {
            verifier.into(plan, List.of());
        }
        return plan.build();
    }

    /** Where the report will be. */
    public Path page() {
        return out.resolve("report.html");
    }

    private Path folder(String name) {
        return out.resolve(name);
    }

    private List<Path> runs() {
        List<Path> runs = new ArrayList<>(List.of(folder(EXPLORE)));
        rows.stream()
                .flatMap(row -> row.explorer().stream())
                .distinct()
                .forEach(first -> runs.add(folder(explored(first))));
        rows.forEach(row -> runs.add(folder("train-" + row.label())));
        runs.add(folder("bench-" + BASE));
        rows.forEach(row -> runs.add(folder("bench-" + row.label())));
        return runs;
    }

    /** Its first stage. */
    public WorldDrawing world() {
        return new WorldDrawing(
                folder("world"),
                new WorldSettings(worldSeed, SIZES),
                SplitFile.read(WorldFile.load(), model),
                "model " + model,
                Map.of());
    }

    private Path questions() {
        return TrainingQuestions.file(folder("world"));
    }

    private Path moreQuestions() {
        return TrainingQuestions.writeBeside(folder("world"), MORE, seed);
    }

    /** Each behind what it needs: measuring the base model fills the time in which nothing can be trained yet. */
    private List<ParallelStages.Stage> stages(Consumer<Stage> ended) {
        List<ParallelStages.Stage> all = new ArrayList<>();
        ParallelStages.Stage explored = added(all, List.of(), told -> explore(EXPLORE, Optional.empty(), told, ended));
        added(all, List.of(), told -> measure(BASE, Optional.empty(), told, ended));
        Map<String, ParallelStages.Stage> trained = new HashMap<>();
        Map<String, ParallelStages.Stage> exploredAfter = new HashMap<>();
        for (Row row : rows) {
            List<ParallelStages.Stage> before = new ArrayList<>(List.of(explored));
            row.after().ifPresent(first -> before.add(Objects.requireNonNull(trained.get(first))));
            row.explorer()
                    .ifPresent(first -> before.add(exploredAfter.computeIfAbsent(
                            first,
                            _ -> added(all, before, told -> explore(explored(first), Optional.of(row), told, ended)))));
            trained.put(row.label(), added(all, before, told -> train(row, told, ended)));
        }
        for (Row row : rows) {
            added(
                    all,
                    List.of(Objects.requireNonNull(trained.get(row.label()))),
                    told -> measure(row.label(), Optional.of(training(row).adapter()), told, ended));
        }
        return all;
    }

    private static ParallelStages.Stage added(
            List<ParallelStages.Stage> all, List<ParallelStages.Stage> after, Consumer<Progress> work) {
        ParallelStages.Stage stage = new ParallelStages.Stage(after, work);
        all.add(stage);
        return stage;
    }

    private static String explored(String first) {
        return EXPLORE + "-" + first;
    }

    /** @param second the row that what is explored is for; none for those that train from the base model on */
    private void explore(String name, Optional<Row> second, Progress progress, Consumer<Stage> ended) {
        stage(name.replace('-', ' '), progress, ended, told -> {
            ExploreSummary summary = new Exploration(
                            new PathSource.Checkpoint(
                                    model, second.flatMap(Row::explorer).map(this::adapterOf)),
                            second.isEmpty() ? questions() : moreQuestions(),
                            folder(name),
                            verifier,
                            false,
                            seed,
                            second.map(Row::explore).orElse(explore))
                    .run(told);
            return summary.pairs() + " pairs from " + summary.paths() + " paths";
        });
    }

    private void train(Row row, Progress progress, Consumer<Stage> ended) {
        stage(
                "train " + row.label(),
                progress,
                ended,
                told -> training(row).run(told).extent());
    }

    private Path adapterOf(String label) {
        return folder("train-" + label).resolve(AdapterTraining.ADAPTER);
    }

    private AdapterTraining training(Row row) {
        return new AdapterTraining(
                model,
                new TrainingSource.Explored(
                        folder(row.explorer().map(Demonstration::explored).orElse(EXPLORE)),
                        Optional.of(row.more() ? moreQuestions() : questions())),
                row.after().map(this::adapterOf),
                folder("train-" + row.label()),
                false,
                verifier,
                seed,
                row.train(),
                row.explore(),
                PlacementChoice.USUAL,
                Processes.USUAL);
    }

    private void measure(String name, Optional<Path> adapter, Progress progress, Consumer<Stage> ended) {
        stage("bench " + name, progress, ended, told -> {
            new ModelMeasurement(
                            BenchmarkChoice.of(RsBench.NAME, folder("world").resolve(WorldDrawing.TEST)),
                            new MeasuredModel.Local(model, adapter),
                            new Judges.Rules(),
                            folder("bench-" + name),
                            Optional.empty(),
                            seed,
                            bench)
                    .run(told);
            return "";
        });
    }

    /** Progress is told by the stage's name. */
    private static void stage(String stage, Progress progress, Consumer<Stage> ended, Function<Progress, String> work) {
        long start = System.nanoTime();
        String found = work.apply((name, done, total, note) ->
                progress.at(stage.startsWith(name) ? stage : stage + ": " + name, done, total, note));
        ended.accept(new Stage(stage, Duration.ofNanos(System.nanoTime() - start), found));
    }
}
