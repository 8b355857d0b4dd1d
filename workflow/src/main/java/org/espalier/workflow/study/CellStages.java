package org.espalier.workflow.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.set.RsBench;
import org.espalier.core.ExploreSummary;
import org.espalier.core.Progress;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.core.settings.Resolved;
import org.espalier.model.ModelFolder;
import org.espalier.report.study.RowCounts;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.TrainingSet;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.bench.Judges;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.ModelMeasurement;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.PathSource;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.train.AdapterTraining;
import org.espalier.workflow.train.Processes;
import org.espalier.workflow.train.TrainingForecast;
import org.espalier.workflow.train.TrainingSource;

/** What is to be done in one cell: explorations, trainings and measurements, each once however many rows need it. */
final class CellStages {
    /** What the names of folders begin with. */
    static final String EXPLORE = "explore-";

    static final String TRAIN = "train-";
    static final String BENCH = "bench-";

    /**
     * A run of one cell.
     *
     * @param name of its folder
     * @param after names of those that must have ended
     * @param work gives what it took
     */
    record Planned(
            String name, List<String> after, StageEstimate estimate, Function<Progress, RowCounts.StageCost> work) {
        Planned {
            after = List.copyOf(after);
        }
    }

    private final CellPlace place;
    private final Resolved<BenchSettings> bench;
    private final Map<String, Planned> planned = new LinkedHashMap<>();

    CellStages(CellPlace place, Resolved<BenchSettings> bench, List<StudyRow> rows) {
        this.place = place;
        this.bench = bench;
        rows.forEach(this::add);
    }

    CellPlace place() {
        return place;
    }

    /** In an order in which each stands behind those that it needs. */
    List<Planned> all() {
        return List.copyOf(planned.values());
    }

    /** The folder of the measurement of a row. */
    String measured(StudyRow row) {
        return BENCH + row.identity() + "-" + place.testName();
    }

    /** The folders of the trainings of a row. */
    static List<String> trained(StudyRow row) {
        List<String> names = new ArrayList<>();
        List<String> identities = row.trainings();
        for (int i = 0; i < identities.size(); i++) {
            names.add(trained(row.stages().get(i).train().settings().objective(), identities.get(i)));
        }
        return names;
    }

    private static String trained(Objective objective, String identity) {
        return TRAIN + objective.name() + "-" + identity;
    }

    /** The folders of the explorations of a row. */
    static List<String> explored(StudyRow row) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < row.stages().size(); i++) {
            names.add(EXPLORE + row.exploration(i));
        }
        return names;
    }

    private void add(StudyRow row) {
        List<String> trained = trained(row);
        List<String> explored = explored(row);
        for (int i = 0; i < trained.size(); i++) {
            StudyRow.Stage stage = row.stages().get(i);
            Optional<String> before = i == 0 ? Optional.empty() : Optional.of(trained.get(i - 1));
            explore(explored.get(i), stage, stage.fromBefore() ? before : Optional.empty(), row);
            train(trained.get(i), stage, before, explored.get(i), row);
        }
        measure(measured(row), trained.isEmpty() ? Optional.empty() : Optional.of(trained.getLast()));
    }

    private Path adapter(String training) {
        return place.run(training).resolve(AdapterTraining.ADAPTER);
    }

    private VerifierChoice verifier(StudyRow.Stage stage, StudyRow row) {
        if (row.verifierErrors() == 0) {
            return VerifierChoice.Shipped.AUTO;
        }
        ErringVerifier erring = new ErringVerifier(
                VerifierChoice.Shipped.GREENHOUSE
                        .of(SsuiFile.read(place.questions(stage.questions())))
                        .verifier(),
                row.verifierErrors(),
                place.cell().seed());
        return new VerifierChoice.Named(erring.label(), erring);
    }

    private void explore(String name, StudyRow.Stage stage, Optional<String> source, StudyRow row) {
        planned.computeIfAbsent(
                name,
                _ -> new Planned(name, source.stream().toList(), StageEstimate.exploring(stage), progress -> {
                    ExploreSummary summary = new Exploration(
                                    new PathSource.Checkpoint(place.model(), source.map(this::adapter)),
                                    place.questions(stage.questions()),
                                    place.run(name),
                                    verifier(stage, row),
                                    false,
                                    place.cell().seed(),
                                    stage.explore())
                            .run(progress);
                    return new RowCounts.StageCost("explore", stage.questions(), 0, 0, summary.tokens());
                }));
    }

    private void train(String name, StudyRow.Stage stage, Optional<String> before, String explored, StudyRow row) {
        List<String> after = new ArrayList<>(List.of(explored));
        before.ifPresent(after::add);
        planned.computeIfAbsent(
                name,
                _ -> new Planned(name, after, StageEstimate.training(stage), progress -> {
                    Path questions = place.questions(stage.questions());
                    AdapterTraining training = new AdapterTraining(
                            place.model(),
                            new TrainingSource.Explored(place.run(explored), Optional.of(questions)),
                            before.map(this::adapter),
                            place.run(name),
                            false,
                            verifier(stage, row),
                            place.cell().seed(),
                            stage.train(),
                            stage.explore(),
                            PlacementChoice.USUAL,
                            Processes.USUAL);
                    training.run(progress);
                    return cost(training, questions, place.run(explored));
                }));
    }

    /** What a training took: of each time that it explored, its own trees. */
    private RowCounts.StageCost cost(AdapterTraining training, Path questions, Path explored) {
        TrainingForecast first = training.forecast();
        TrainSettings settings = training.settings().settings();
        int phases = settings.refresh() + 1;
        double batches = (double) first.steps() / phases * settings.batch();
        double trained = batches * first.questions().tokens();
        boolean draws = !(settings.objective() instanceof Sft);
        long drawn = draws ? StageFile.in(explored).map(it -> it.cost().drawn()).orElse(0L) : 0;
        for (int phase = 1; phase < phases; phase++) {
            var trees = TreeFile.read(training.out().resolve("refresh-" + phase + ".jsonl"));
            drawn += ExploreSummary.of(trees).tokens();
            TrainingSet.Extent extent = TrainingSet.of(
                            settings.objective(),
                            trees,
                            questions,
                            ModelFolder.open(place.model()),
                            place.cell().seed())
                    .extent();
            trained += batches * (extent.questions() == 0 ? first.questions() : extent).tokens();
        }
        return new RowCounts.StageCost(
                settings.objective().name(), first.questions().questions(), first.steps(), Math.round(trained), drawn);
    }

    private void measure(String name, Optional<String> trained) {
        planned.computeIfAbsent(
                name,
                _ -> new Planned(
                        name,
                        trained.stream().toList(),
                        StageEstimate.asking(place.sizes(), trained.isPresent()),
                        progress -> {
                            new ModelMeasurement(
                                            BenchmarkChoice.of(RsBench.NAME, place.test()),
                                            new MeasuredModel.Local(place.model(), trained.map(this::adapter)),
                                            new Judges.Rules(),
                                            place.run(name),
                                            Optional.empty(),
                                            place.cell().seed(),
                                            bench)
                                    .run(progress);
                            return StageFile.NOTHING;
                        }));
    }
}
