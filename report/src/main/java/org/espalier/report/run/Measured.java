package org.espalier.report.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which model a benchmark's run measured. */
final class Measured {
    private Measured() {}

    /**
     * The record of the training that made the adapter: of the reported runs the one that it lies in, else the one of
     * that name, as where runs were moved together; else what lies around the adapter still.
     */
    static Optional<RunInfo> training(RunInfo run, List<TrainRun> trainings) {
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
    static Method method(RunInfo run, Optional<RunInfo> training) {
        Optional<String> said = run.setting("method");
        if (said.isPresent()) {
            return Method.of(said.get());
        }
        if (training.isPresent()) {
            return TrainRun.method(training.get());
        }
        if (Facts.model(run).isEmpty() && run.name().startsWith("bench-")) {
            return Method.of(run.name().substring(6));
        }
        return run.input("adapter").map(Measured::byPlace).orElse(Method.BASE);
    }

    /** An adapter whose training left no record: by its folder, or the one around it. */
    private static Method byPlace(Path adapter) {
        Path whole = adapter.toAbsolutePath().normalize();
        Path around = whole.getParent();
        Path named = whole.endsWith("adapter") && around != null ? around : whole;
        return Method.of(String.valueOf(named.getFileName()).replaceFirst("^train-", ""));
    }
}
