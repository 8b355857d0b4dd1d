package com.example;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.run.Result;
import org.espalier.bench.set.RsBench;
import org.espalier.core.Progress;
import org.espalier.core.settings.Settings;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.ModelMeasurement;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.greenhouse.WorldDrawing;
import org.espalier.workflow.train.AdapterTraining;

/**
 * The whole method: explores branches of the reasoning of a model (Eq. 1-4), trains an adapter on them by SRPO (Eq. 5-9) and
 * measures it by RSBench. What is done is not done again: stopped and started anew, it resumes.
 */
public final class ExploreTrainMeasure {
    private ExploreTrainMeasure() {}

    /**
     * @param model a checkpoint folder
     * @param train an ssui.jsonl to explore and to train on
     * @param test an ssui.jsonl to measure by
     * @param out of the three runs
     */
    public static Result run(Path model, Path train, Path test, Path out, Progress progress) {
        ExploreSettings few = ExploreSettings.PAPER.withMaxTokens(96).withTries(4, 4).withExamples(0, false);
        Exploration exploration = Exploration.of(model, train, out.resolve("explored")).with(few);
        exploration.run(progress);
        AdapterTraining training = AdapterTraining.of(model, exploration.out(), out.resolve("trained"))
                .with(TrainSettings.PAPER.withEpochs(1));
        Path adapter = training.run(progress).adapter();
        return ModelMeasurement.of(
                        new MeasuredModel.Local(model, Optional.of(adapter)),
                        BenchmarkChoice.of(RsBench.NAME, test),
                        out.resolve("measured"))
                .with(Settings.with(BenchSettings.PAPER, "max-tokens", 96))
                .run(progress);
    }

    /** On the greenhouse's model and a few of its questions. */
    public static void main(String[] arguments) {
        Path model = Path.of(arguments[0]);
        Path out = Path.of(arguments[1]);
        Path world = questions(model, out);
        run(model, WorldDrawing.file(world, Part.TRAIN), world.resolve(WorldDrawing.TEST), out, Progress.SILENT)
                .figures()
                .forEach(figure -> System.out.printf("%s %.1f %%%n", figure.title(), figure.value().orElse(Double.NaN)));
    }

    static Path questions(Path model, Path out) {
        Path world = out.resolve("world");
        WorldSettings few = new WorldSettings(1, Map.of(Part.TRAIN, 8, Part.TEST_SEEN, 4));
        new WorldDrawing(world, few, SplitFile.read(WorldFile.load(), model), "the model", Map.of()).run(Progress.SILENT);
        return world;
    }
}
