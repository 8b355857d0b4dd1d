package org.espalier.report.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.bench.rsbench.Recount;
import org.espalier.bench.rsbench.ResultsFile;
import org.espalier.bench.rsbench.RunCounts;
import org.espalier.bench.run.ResultFile;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;

/**
 * All runs of a report.
 *
 * @param all every run that was found, in the order given
 * @param trainings by method
 * @param benches finished ones, by method
 * @param suites finished runs of the other benchmarks, in the order given
 * @param unfinished benchmark runs without results
 */
public record Runs(
        List<RunInfo> all,
        List<ExploreRun> explorations,
        List<TrainRun> trainings,
        List<BenchRun> benches,
        List<SuiteRun> suites,
        List<RunInfo> unfinished) {

    /**
     * Reads runs. A folder that is no run, or the run of a verb that keeps others below it, stands for the runs in it.
     *
     * @throws InputException if there is nothing to report
     */
    public static Runs read(List<Path> folders) {
        Map<Path, RunInfo> found = new LinkedHashMap<>();
        folders.forEach(folder -> find(folder, found));
        List<RunInfo> all = List.copyOf(found.values());
        List<TrainRun> trainings = of(all, "train").stream()
                .map(Runs::training)
                .sorted(Comparator.comparing(TrainRun::method))
                .toList();
        List<BenchRun> benches = new ArrayList<>();
        List<SuiteRun> suites = new ArrayList<>();
        List<RunInfo> unfinished = new ArrayList<>();
        for (RunInfo info : of(all, "bench")) {
            Path results = info.folder().resolve(ResultsFile.NAME);
            if (!Files.exists(results)) {
                unfinished.add(info);
            } else if (ResultFile.benchmark(results).equals("rsbench")) {
                benches.add(bench(info, trainings));
            } else {
                suites.add(new SuiteRun(info, method(info, trainings), ResultFile.read(results)));
            }
        }
        List<ExploreRun> explorations =
                of(all, "explore").stream().map(ExploreRun::read).toList();
        return new Runs(all, explorations, trainings, toldApart(benches), suites, unfinished);
    }

    private static void find(Path folder, Map<Path, RunInfo> found) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + ": name the folders of runs");
        }
        boolean run = RunInfo.isRun(folder);
        if (run) {
            found.putIfAbsent(folder.toAbsolutePath().normalize(), RunInfo.read(folder));
        }
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> inside = children.filter(RunInfo::isRun).sorted().toList();
            if (!run && inside.isEmpty()) {
                throw new InputException(folder + " holds no run (no run.json, there or one folder below)");
            }
            inside.forEach(child -> found.putIfAbsent(child.toAbsolutePath().normalize(), RunInfo.read(child)));
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
    }

    private static List<RunInfo> of(List<RunInfo> all, String verb) {
        return all.stream()
                .filter(info -> info.verb().equals(verb) || info.verb().startsWith(verb + " "))
                .toList();
    }

    private static TrainRun training(RunInfo info) {
        List<Metric> metrics = new ArrayList<>();
        Path file = info.folder().resolve(TrainRun.METRICS);
        int unreadable = Files.exists(file) ? Metric.read(file, metrics) : 0;
        return new TrainRun(info, TrainRun.method(info), List.copyOf(metrics), unreadable);
    }

    private static BenchRun bench(RunInfo info, List<TrainRun> trainings) {
        return new BenchRun(
                info,
                method(info, trainings),
                ResultsFile.read(info.folder().resolve(ResultsFile.NAME)),
                RunCounts.of(Recount.paths(info.folder())));
    }

    /** What made the model that was measured: as the record says, else the training its adapter lies in. */
    private static Method method(RunInfo info, List<TrainRun> trainings) {
        Optional<String> said = info.setting("method");
        if (said.isPresent()) {
            return Method.of(said.get());
        }
        Optional<Path> adapter = info.input("adapter");
        if (adapter.isEmpty()) {
            return info.name().startsWith("bench-") ? Method.of(info.name().substring(6)) : Method.BASE;
        }
        Path at = adapter.get().toAbsolutePath().normalize();
        return trainings.stream()
                .filter(run -> isIn(at, run.info()))
                .map(TrainRun::method)
                .findFirst()
                .orElseGet(() -> Method.of(info.name().replaceFirst("^bench-", "")));
    }

    /** By place, or by name where the runs were moved together. */
    private static boolean isIn(Path adapter, RunInfo training) {
        Path parent = adapter.getParent();
        return adapter.startsWith(training.folder().toAbsolutePath().normalize())
                || (parent != null && parent.endsWith(training.name()));
    }

    /** Sorted by method; several runs of one method carry the names of their folders. */
    private static List<BenchRun> toldApart(List<BenchRun> benches) {
        return benches.stream()
                .map(run -> benches.stream()
                                        .filter(other -> other.method().equals(run.method()))
                                        .count()
                                > 1
                        ? new BenchRun(
                                run.info(), run.method().called(run.info().name()), run.results(), run.counts())
                        : run)
                .sorted(Comparator.comparing(BenchRun::method))
                .toList();
    }
}
