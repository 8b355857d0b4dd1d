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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.bench.rsbench.Recount;
import org.espalier.bench.rsbench.ResultsFile;
import org.espalier.bench.rsbench.RunCounts;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.report.run.Distinction.Named;

/**
 * All runs of a report.
 *
 * @param all every run that was found, in the order given
 * @param trainings by method
 * @param benches finished ones, by method
 * @param suites finished runs of the other benchmarks, in the order given
 * @param unfinished benchmark runs without results, those among them that once had some
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
        List<TrainRun> trainings = of(all, "train").stream().map(Runs::training).toList();
        List<BenchRun> benches = new ArrayList<>();
        List<SuiteRun> suites = new ArrayList<>();
        List<RunInfo> unfinished = new ArrayList<>();
        for (RunInfo info : of(all, "bench")) {
            Path results = info.folder().resolve(ResultsFile.NAME);
            Optional<RunInfo> training = Measured.training(info, trainings);
            if (!Files.exists(results)) {
                unfinished.add(info);
            } else if (ResultFile.benchmark(results).equals("rsbench")) {
                benches.add(bench(info, training));
            } else {
                Result result = ResultFile.read(results);
                suites.add(new SuiteRun(
                        info, Measured.method(info, training), training, Optional.empty(), result.subject(), result));
            }
        }
        List<ExploreRun> explorations =
                of(all, "explore").stream().map(ExploreRun::read).toList();
        return new Runs(all, explorations, trainings, benches, suites, unfinished).toldApart();
    }

    /** With a note behind each name that two of the runs have; sorted by method. */
    private Runs toldApart() {
        List<Facts> facts = Stream.concat(
                        benches.stream().map(run -> Facts.measured(run.info(), run.training())),
                        suites.stream().map(run -> Facts.measured(run.info(), run.training())))
                .toList();
        List<Method> methods = Stream.concat(
                        benches.stream().map(BenchRun::method), suites.stream().map(SuiteRun::method))
                .toList();
        List<Optional<RunInfo>> trained = Stream.concat(
                        benches.stream().map(BenchRun::training),
                        suites.stream().map(SuiteRun::training))
                .toList();
        int first = benches.size();
        List<String> notes = Distinction.notes(each(
                methods,
                (method, i) -> new Named(
                        method.name(),
                        i < first ? "rsbench" : suites.get(i - first).result().benchmark(),
                        facts.get(i))));
        List<String> subjects = Distinction.notes(
                each(suites, (run, i) -> new Named(run.subject(), run.result().benchmark(), facts.get(first + i))));
        List<String> ofTrainings = Distinction.notes(
                each(trainings, (run, _) -> new Named(run.method().name(), "training", Facts.trained(run.info()))));
        List<Optional<Sweep>> sweeps = Sweep.of(methods, trained, facts);
        return new Runs(
                all,
                explorations,
                each(trainings, (run, i) -> run.with(ofTrainings.get(i))).stream()
                        .sorted(Comparator.comparing(TrainRun::method))
                        .toList(),
                each(benches, (run, i) -> run.with(notes.get(i), sweeps.get(i))).stream()
                        .sorted(Comparator.comparing(BenchRun::method))
                        .toList(),
                each(suites, (run, i) -> run.with(notes.get(first + i), sweeps.get(first + i), subjects.get(i))),
                unfinished);
    }

    private interface Numbered<T, R> {
        R of(T one, int number);
    }

    private static <T, R> List<R> each(List<T> list, Numbered<T, R> change) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> change.of(list.get(i), i))
                .toList();
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

    private static BenchRun bench(RunInfo info, Optional<RunInfo> training) {
        return new BenchRun(
                info,
                Measured.method(info, training),
                training,
                Optional.empty(),
                ResultsFile.read(info.folder().resolve(ResultsFile.NAME)),
                RunCounts.of(Recount.paths(info.folder())));
    }
}
