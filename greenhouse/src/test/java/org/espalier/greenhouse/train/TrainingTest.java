package org.espalier.greenhouse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.settings.Settings;
import org.espalier.greenhouse.data.GreenhouseData;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.LoraSettings;
import org.espalier.model.lora.Targets;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.Explorer;
import org.espalier.srpo.train.LearningRate;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.Trainer;
import org.espalier.tensor.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Training on what the shipped base model explores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingTest {
    private static final Path MODEL = Path.of(System.getProperty("espalier.root", ".."), "greenhouse", "model");
    private static final ExploreSettings EXPLORE = Settings.with(
            ExploreSettings.PAPER.withTries(6, 6).withMaxTokens(96).withExamples(0, true),
            Map.of("temperature", 0.7, "branch-from", ExploreSettings.BranchFrom.TRUNK_ELSE_REFERENCE));

    @TempDir
    static Path folder;

    private Path data;
    private LocalModel model;
    private List<PathTree> trees;
    private Explorer explorer;
    private List<SsuiSample> questions;

    @BeforeAll
    void explore() {
        World world = WorldFile.load();
        data = new GreenhouseData(world, SplitFile.read(world, MODEL))
                .write(folder.resolve("world"), new WorldSettings(9, Map.of(Part.TRAIN, 4)))
                .get(Part.TRAIN);
        model = LocalModel.open(MODEL, Optional.empty(), Device.CPU);
        questions = SsuiFile.read(data);
        explorer = new Explorer(
                model,
                new GreenhouseRules(world),
                EXPLORE,
                DemonstrationPool.of(questions),
                new PathTree.Origin("", model.loaded().tokenizer().sha256(), "", 5, EXPLORE.temperature()));
        trees = explorer.grow(questions);
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void resumesWithTheSameNumbersWhereItExploresAgain() throws IOException {
        TrainSettings settings = settings(12, 1);
        Path whole = folder.resolve("whole");
        train(settings, whole, Progress.SILENT);
        Path stopped = folder.resolve("stopped");
        Progress stop = (name, done, total, note) -> {
            if (done == 11) {
                throw new CancellationException();
            }
        };
        assertThatThrownBy(() -> train(settings, stopped, stop)).isInstanceOf(CancellationException.class);
        train(settings, stopped, Progress.SILENT);
        assertThat(Files.readString(stopped.resolve("metrics.jsonl")))
                .isEqualTo(Files.readString(whole.resolve("metrics.jsonl")));
        for (String file : List.of("adapter_model.safetensors", "adapter_config.json")) {
            assertThat(Files.readAllBytes(stopped.resolve("adapter").resolve(file)))
                    .isEqualTo(Files.readAllBytes(whole.resolve("adapter").resolve(file)));
        }
    }

    @Test
    void theFirstLossOfSrpoIsWhatTheSampledLogProbabilitiesGive() throws IOException {
        // Without demonstrations the log-probabilities of the draws are those of training, so the first margins agree.
        double margin = trees.stream()
                .flatMap(tree -> tree.pairs().stream())
                .mapToDouble(pair -> sum(pair.favorable().continuation().logprobs())
                        - sum(pair.unfavorable().continuation().logprobs()))
                .average()
                .orElseThrow();
        Path run = folder.resolve("first");
        train(settings(1, 0), run, Progress.SILENT);
        String line = Files.readAllLines(run.resolve("metrics.jsonl")).getFirst();
        assertThat(Json.parse(line).path("margin").asDouble()).isCloseTo(margin, within(1e-3));
    }

    private void train(TrainSettings settings, Path run, Progress progress) {
        new Trainer(model.loaded(), settings, 3)
                .train(trees, data, run, "base", (round, current) -> again(current), progress);
    }

    private List<PathTree> again(Deltas current) {
        LocalModel now = new LocalModel(model.loaded(), current);
        return new Explorer(
                        now,
                        new GreenhouseRules(WorldFile.load()),
                        EXPLORE,
                        DemonstrationPool.of(questions),
                        new PathTree.Origin("", model.loaded().tokenizer().sha256(), "", 6, EXPLORE.temperature()))
                .grow(questions);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Four questions, batches of four: as many steps as epochs. */
    private static TrainSettings settings(int epochs, int refresh) {
        return Settings.with(
                TrainSettings.PAPER
                        .withLora(new LoraSettings(4, 8, 0, Targets.LANGUAGE_MODEL.words()))
                        .withLearningRate(LearningRate.constant(2e-3))
                        .withBatch(4)
                        .withEpochs(epochs),
                "refresh",
                refresh);
    }
}
