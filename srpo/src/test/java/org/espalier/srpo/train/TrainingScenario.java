package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.file.Json;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.generate.LocalModel;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.Explorer;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objectives;
import org.espalier.srpo.objective.Scarce;
import org.espalier.srpo.objective.Srpo;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/** Explores with the shipped model and trains an adapter on what it found, on a pretended device and in float64. */
public final class TrainingScenario implements Runnable {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root", ".."));
    private static final Path PICTURES = ROOT.resolve("fixtures/qwen2_5_vl");
    private static final ExploreSettings EXPLORE =
            ExploreSettings.PAPER.withExamples(0, false).withTries(4, 4).withMaxTokens(80);

    /** The last without memory, so that every question is computed one path at a time in the end. */
    private static final List<Objective> OBJECTIVES = Stream.concat(
                    Objectives.PAPER.stream(), Stream.of(new Scarce(Srpo.RPO, tree -> true, 2)))
            .toList();

    @Override
    public void run() {
        try {
            Path folder = Files.createTempDirectory("espalier-training");
            Files.copy(PICTURES.resolve("image_0.png"), folder.resolve("image_0.png"));
            Files.copy(PICTURES.resolve("image_1.png"), folder.resolve("image_1.png"));
            Device pretended = new Device("pretended", Device.Kind.PRETENDED);
            List<List<String>> expected = metrics(folder, Placement.CPU, OBJECTIVES);
            same(metrics(folder, new Placement(pretended, Dtype.F64), OBJECTIVES), expected);
            // What else an objective could mix is seen in the one above.
            for (Placement placement : List.of(new Placement(pretended, Dtype.F32), Placement.CPU.with(Dtype.F64))) {
                same(
                        metrics(folder, placement, List.of(OBJECTIVES.getFirst(), OBJECTIVES.getLast())),
                        List.of(expected.getFirst(), expected.getLast()));
            }
            // Beside a base of half width adapters stay float32; none of it may meet what is not its own.
            metrics(folder, new Placement(pretended, Dtype.BF16), OBJECTIVES.subList(0, 1));
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the trainings of each objective. */
    private static List<List<String>> metrics(Path folder, Placement placement, List<Objective> objectives)
            throws IOException {
        List<List<String>> lines = new ArrayList<>();
        try (LoadedModel model = LoadedModel.open(ModelFolder.open(ROOT.resolve("greenhouse/model")), placement);
                LocalModel sampler = new LocalModel(model, org.espalier.model.decoder.Deltas.NONE)) {
            List<SsuiSample> samples = List.of(sample(folder, 0), sample(folder, 1));
            List<PathTree> trees = new Explorer(
                            sampler,
                            TrainingScenario::verify,
                            EXPLORE,
                            DemonstrationPool.of(samples),
                            new PathTree.Origin("", model.tokenizer().sha256(), "", 5, EXPLORE.temperature()))
                    .grow(samples);
            assertThat(trees).anySatisfy(tree -> assertThat(tree.pairs()).isNotEmpty());
            for (Objective objective : objectives) {
                Path run = folder.resolve(objective.name());
                for (int epochs : new int[] {1, 2}) {
                    TrainSettings settings = TrainSettings.PAPER
                            .withObjective(objective)
                            .withBatch(2)
                            .withEpochs(epochs)
                            .withLearningRate(LearningRate.constant(1e-3));
                    // The second training resumes from the first's state.
                    new Trainer(model, settings, 3)
                            .train(
                                    trees,
                                    folder.resolve("data.jsonl"),
                                    run,
                                    "base",
                                    Trainer.Refresh.NEVER,
                                    Progress.SILENT);
                }
                lines.add(Files.readAllLines(run.resolve("metrics.jsonl")));
                delete(run);
            }
        }
        return lines;
    }

    /** Half of all paths, and for reasons that no rounding changes. */
    private static Verifier.Verdict verify(SsuiSample sample, ReasoningPath path) {
        return path.text().length() % 2 == 0 ? Verifier.Verdict.CORRECT : Verifier.Verdict.wrong("odd");
    }

    private static SsuiSample sample(Path folder, int number) {
        String image = "image_" + number + ".png";
        return new SsuiSample(
                "q" + number,
                image,
                new Question("q" + number, folder.resolve(image), "May I use it?"),
                new ReasoningPath(List.of("I see a knife.", "It is safe.", "So yes.")),
                "yes",
                Risk.SAFE,
                "none",
                Json.object());
    }

    private static void same(List<List<String>> actual, List<List<String>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int objective = 0; objective < actual.size(); objective++) {
            assertThat(actual.get(objective)).hasSameSizeAs(expected.get(objective));
            for (int i = 0; i < actual.get(objective).size(); i++) {
                sameLine(actual.get(objective).get(i), expected.get(objective).get(i));
            }
        }
    }

    private static void sameLine(String actual, String expected) {
        var line = Json.parse(actual);
        Json.parse(expected)
                .properties()
                .forEach(entry -> assertThat(line.path(entry.getKey()).asDouble())
                        .as(entry.getKey())
                        .isCloseTo(
                                entry.getValue().asDouble(),
                                within(1e-3 * (1 + Math.abs(entry.getValue().asDouble())))));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
