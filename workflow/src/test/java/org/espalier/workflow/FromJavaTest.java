package org.espalier.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.run.Result;
import org.espalier.bench.set.RsBench;
import org.espalier.core.ExploreSummary;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder.Found;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.settings.Settings;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.model.ModelFolder;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.LearningRate;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.MeasurementForecast;
import org.espalier.workflow.bench.ModelMeasurement;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.ExplorationForecast;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.greenhouse.WorldDrawing;
import org.espalier.workflow.train.AdapterTraining;
import org.espalier.workflow.train.TrainingForecast;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The method as a program calls it. */
class FromJavaTest {
    private static final Path MODEL =
            Path.of(System.getProperty("espalier.root")).resolve("greenhouse/model");
    private static final ExploreSettings FEW =
            ExploreSettings.PAPER.withMaxTokens(96).withTries(4, 4).withExamples(0, false);

    @TempDir
    private static Path folder;

    private static Path train;
    private static Path test;

    @BeforeAll
    static void draw() {
        WorldDrawing world = new WorldDrawing(
                folder.resolve("world"),
                new WorldSettings(1, Map.of(Part.TRAIN, 8, Part.TEST_SEEN, 4)),
                SplitFile.read(WorldFile.load(), MODEL),
                "a test",
                Map.of());
        assertThat(world.plan()).isEqualTo(Found.NOTHING);
        assertThat(world.run(Progress.SILENT)).isPresent();
        train = WorldDrawing.file(world.out(), Part.TRAIN);
        test = world.out().resolve(WorldDrawing.TEST);
    }

    private static JsonNode record(Path run) throws IOException {
        return Json.parse(Files.readString(run.resolve("run.json")));
    }

    @Test
    void exploresTrainsAndMeasuresInThreeStatements() throws IOException {
        Exploration exploration =
                Exploration.of(MODEL, train, folder.resolve("explored")).with(FEW);
        ExploreSummary explored = exploration.run(Progress.SILENT);
        AdapterTraining training = AdapterTraining.of(MODEL, exploration.out(), folder.resolve("trained"))
                .with(Settings.with(TrainSettings.PAPER, "epochs", 1));
        Path adapter = training.run(Progress.SILENT).adapter();
        ModelMeasurement measurement = ModelMeasurement.of(
                        new MeasuredModel.Local(MODEL, Optional.of(adapter)),
                        BenchmarkChoice.of(RsBench.NAME, test),
                        folder.resolve("measured"))
                .with(Settings.with(BenchSettings.PAPER, "max-tokens", 96));
        Result measured = measurement.run(Progress.SILENT);

        assertThat(explored.questions()).isEqualTo(8);
        assertThat(explored.pairs()).isPositive();
        assertThat(AdapterFiles.isIn(adapter)).isTrue();
        assertThat(measured.figures()).isNotEmpty();
        assertThat(measured.counts().answers()).isEqualTo(4);
        // The same again is done already, and gives the same.
        assertThat(exploration.plan().found()).isEqualTo(Found.FINISHED);
        assertThat(exploration.run(Progress.SILENT)).isEqualTo(explored);
        assertThat(training.run(Progress.SILENT).used()).isEmpty();
        assertThat(measurement.run(Progress.SILENT)).isEqualTo(measured);
        // Every setting says that a program gave it.
        assertThat(record(exploration.out())
                        .at("/configuration/max-tokens/source")
                        .asString())
                .isEqualTo("the program");
        assertThat(record(training.out()).at("/configuration/lambda/value").isNumber())
                .isTrue();
        assertThat(record(training.out()).at("/configuration/method/value").asString())
                .isEqualTo("srpo");
    }

    @Test
    void aVerifierOfAProgramDecidesAndIsNamedInTheRun() throws IOException {
        Exploration never = Exploration.of(MODEL, train, folder.resolve("never"))
                .with(FEW.withTries(1, 1))
                .with(new VerifierChoice.Named("never", (sample, path) -> Verdict.wrong("I say so")));

        assertThat(never.plan().verifier()).isEqualTo("never");
        assertThat(never.run(Progress.SILENT).correctAttempts()).isZero();
        assertThat(record(never.out()).at("/configuration/verifier/value").asString())
                .isEqualTo("never");
        assertThatThrownBy(() -> never.with(VerifierChoice.Shipped.AUTO).plan())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("verifier was \"never\", now \"greenhouse\"");
    }

    @Test
    void theDataChooseTheVerifierWhereNobodyDoes() {
        var samples = SsuiFile.read(train);
        assertThat(VerifierChoice.Shipped.AUTO.of(samples).label()).isEqualTo("greenhouse");
        var strange = samples.stream()
                .map(sample -> new org.espalier.core.SsuiSample(
                        sample.id(),
                        sample.image(),
                        sample.question(),
                        sample.reference(),
                        sample.answer(),
                        sample.risk(),
                        sample.category(),
                        Json.object()))
                .toList();
        assertThat(VerifierChoice.Shipped.AUTO.of(strange).label()).isEqualTo("answer");
        assertThatThrownBy(() -> VerifierChoice.Shipped.GREENHOUSE.of(strange))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no greenhouse tag");
    }

    @Test
    void foretellsWithoutLoadingTheModelOrWriting() {
        Exploration exploration =
                Exploration.of(MODEL, train, folder.resolve("untouched")).with(FEW);
        ExplorationForecast exploring = exploration.forecast();
        long weights = ModelFolder.open(MODEL).inventory().bytes();

        // Eight steps a path, of which the last is not branched before; four tries for a trunk and at each place.
        assertThat(exploring.steps()).isEqualTo(8);
        assertThat(exploring.cost().most().calls()).isEqualTo(8 * (4 + 7 * 4));
        assertThat(exploring.cost().likely().calls()).isEqualTo(Math.round(8 * (2 + 7 * 1.8)));
        assertThat(exploring.cost().likely().memory()).isGreaterThan(weights);
        assertThat(exploring.cost().most().time())
                .isGreaterThan(exploring.cost().likely().time());
        MeasurementForecast measuring = ModelMeasurement.of(
                        new MeasuredModel.Local(MODEL, Optional.empty()),
                        BenchmarkChoice.of(RsBench.NAME, test),
                        exploration.out())
                .forecast();
        assertThat(measuring.answers()).isEqualTo(4);
        assertThat(measuring.asking().most().output()).isEqualTo(4L * measuring.maxTokens());
        assertThat(measuring.judges()).isEmpty();
        assertThat(exploration.out()).doesNotExist();
    }

    @Test
    void aTrainingThatExploresAgainSaysWhereItDiffers() {
        Exploration exploration =
                Exploration.of(MODEL, train, folder.resolve("explored-once")).with(FEW);
        exploration.run(Progress.SILENT);
        AdapterTraining training = AdapterTraining.of(MODEL, exploration.out(), folder.resolve("again"))
                .with(Settings.with(
                        TrainSettings.PAPER
                                .withLearningRate(new LearningRate(
                                        1e-3, TrainSettings.PAPER.learningRate().schedule(), 1, 0))
                                .withEpochs(2),
                        "refresh",
                        1));

        assertThat(training.exploringBy(FEW, VerifierChoice.Shipped.AUTO).notes())
                .isEmpty();
        assertThat(training.exploringBy(FEW.withMaxTokens(64), VerifierChoice.Shipped.AUTO)
                        .plan()
                        .notes())
                .singleElement()
                .asString()
                .contains("max-tokens 64 instead of 96");
        TrainingForecast forecast = training.forecast();
        assertThat(forecast.explorations()).isEqualTo(1);
        assertThat(forecast.steps()).isEqualTo(Math.ceilDiv(forecast.questions().questions() * 2, 8));
        assertThat(forecast.cost().likely().input())
                .isEqualTo(
                        Math.round(forecast.steps() * 8 * forecast.questions().tokens()));
        assertThat(List.of(training.plan().questions(), training.plan().found()))
                .isEqualTo(List.of(8, Found.NOTHING));
    }
}
