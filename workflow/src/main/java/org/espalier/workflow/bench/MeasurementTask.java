package org.espalier.workflow.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.suite.Convention;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.settings.Resolved;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.model.generate.LocalModel;
import org.espalier.workflow.internal.OpenWork;
import org.espalier.workflow.internal.RemoteModel;
import org.espalier.workflow.run.RunEndpoints;

/**
 * The asking of a benchmark's questions as another process is told of it.
 *
 * @param limit the first so many units, 0 for all; likewise {@code sample}
 * @param prompts a folder, empty for those that ship
 * @param questions hash of the questions with their pictures
 */
record MeasurementTask(
        RemoteModel model,
        String benchmark,
        String data,
        int limit,
        int sample,
        String prompts,
        int jurors,
        Convention convention,
        String questions,
        long seed,
        BenchSettings settings)
        implements GroupTask {
    /** The model of the process that is answered by others. */
    static final ChatModel ELSEWHERE = (requests, sampling) -> {
        throw new IllegalStateException("the model is asked elsewhere");
    };

    /**
     * @param questions hash of the questions with their pictures
     * @param settings as they come out for this benchmark
     * @throws InputException if the model is behind an endpoint
     */
    static MeasurementTask of(ModelMeasurement measurement, String questions, BenchSettings settings) {
        if (!(measurement.model() instanceof MeasuredModel.Local local)) {
            throw new InputException(
                    "--on has models computed in processes of other machines; endpoints are asked from this process,"
                            + " and answers are there: leave --on out");
        }
        BenchmarkChoice choice = measurement.choice();
        return new MeasurementTask(
                RemoteModel.of(local.model(), local.adapter(), local.placement()),
                choice.name(),
                RemoteModel.absolute(choice.data()),
                choice.limit().limit().orElse(0),
                choice.limit().sample().orElse(0),
                choice.prompts().map(RemoteModel::absolute).orElse(""),
                choice.jurors(),
                choice.convention(),
                questions,
                measurement.seed(),
                settings);
    }

    @Override
    public GroupWork open(OptionalInt gpu) {
        ModelMeasurement measurement = new ModelMeasurement(
                new BenchmarkChoice(
                        benchmark,
                        Path.of(data),
                        new BenchmarkChoice.Limit(number(limit), number(sample)),
                        prompts.isEmpty() ? Optional.empty() : Optional.of(Path.of(prompts)),
                        jurors,
                        convention),
                new MeasuredModel.Local(model.folder(), model.adapterFolder(), model.placement(gpu)),
                new Judges.Rules(),
                Path.of(data),
                Optional.empty(),
                seed,
                Resolved.of(settings, Resolved.BY_PROGRAM));
        AskedQuestions asked = measurement.asked();
        RemoteModel.require(Path.of(data), asked.hash(), questions);
        LocalModel opened = model.open(gpu);
        return new OpenWork(measurement.work(asked, opened), opened, model, RunEndpoints.none());
    }

    private static OptionalInt number(int given) {
        return given == 0 ? OptionalInt.empty() : OptionalInt.of(given);
    }
}
