package org.espalier.report.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.Result;

/**
 * A finished run of a benchmark.
 *
 * @param method what made the model that was measured
 * @param training of that model, where its record was found
 * @param subject what tables call the model, told apart from others of that name
 */
public record BenchRun(
        RunInfo info, Method method, Optional<RunInfo> training, Optional<Sweep> sweep, String subject, Result result) {
    static BenchRun read(RunInfo info, List<TrainRun> trainings) {
        Result result = Result.read(info.folder().resolve(Result.FILE));
        Optional<RunInfo> training = training(info, trainings);
        return new BenchRun(info, method(info, training), training, Optional.empty(), result.subject(), result);
    }

    BenchRun with(String note, Optional<Sweep> place, String subjectNote) {
        String told = subjectNote.isEmpty() ? subject : subject + " (" + subjectNote + ")";
        return new BenchRun(info, method.with(note), training, place, told, result);
    }

    /** The name of its rows: methods are compared part by part, models benchmark by benchmark. */
    public String label() {
        return result.hasParts() ? method.label() : subject;
    }

    /** Whether the other's base model is this one's, as far as the records say. */
    public boolean sharesBase(BenchRun other) {
        return RunFacts.base(info).equals(RunFacts.base(other.info));
    }

    /**
     * The record of the training that made the adapter: of the reported runs the one that it lies in, else the one of
     * that name, as where runs were moved together; else what lies around the adapter still.
     */
    private static Optional<RunInfo> training(RunInfo run, List<TrainRun> trainings) {
        Optional<Path> adapter =
                run.input("adapter").map(path -> path.toAbsolutePath().normalize());
        Optional<Path> parent = adapter.flatMap(path -> Optional.ofNullable(path.getParent()));
        return adapter.flatMap(path -> trainings.stream()
                        .map(TrainRun::info)
                        .filter(info ->
                                path.startsWith(info.folder().toAbsolutePath().normalize()))
                        .findFirst())
                .or(() -> parent.filter(RunInfo::isRun).map(RunInfo::read))
                .or(() -> parent.flatMap(folder -> trainings.stream()
                        .map(TrainRun::info)
                        .filter(info -> folder.endsWith(info.name()))
                        .findFirst()));
    }

    /** What made the model: as the record says, else its training. */
    private static Method method(RunInfo run, Optional<RunInfo> training) {
        Optional<String> said = run.setting("method");
        if (said.isPresent()) {
            return training.map(info -> TrainRun.method(info).called(said.get()))
                    .orElseGet(() -> Method.of(said.get()));
        }
        if (training.isPresent()) {
            return TrainRun.method(training.get());
        }
        if (RunFacts.model(run).isEmpty() && run.name().startsWith("bench-")) {
            return Method.of(run.name().substring(6));
        }
        return run.input("adapter").map(BenchRun::byPlace).orElse(Method.BASE);
    }

    /** An adapter whose training left no record: by its folder, or the one around it. */
    static Method byPlace(Path adapter) {
        Path whole = adapter.toAbsolutePath().normalize();
        Path around = whole.getParent();
        Path named = whole.endsWith("adapter") && around != null ? around : whole;
        return Method.of(String.valueOf(named.getFileName()).replaceFirst("^train-", ""));
    }
}
