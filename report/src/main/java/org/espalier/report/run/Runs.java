package org.espalier.report.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.bench.run.Result;
import org.espalier.core.InputException;
import org.espalier.core.file.Folders;
import org.espalier.report.run.Distinction.Named;

/**
 * All runs of a report.
 *
 * @param all every run that was found, in the order given
 * @param trainings by method
 * @param benches finished ones: those without parts in the order given, then those with parts by method
 * @param unfinished benchmark runs without results, those among them that once had some
 */
public record Runs(
        List<RunInfo> all,
        List<ExploreRun> explorations,
        List<TrainRun> trainings,
        List<BenchRun> benches,
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
        Map<Boolean, List<RunInfo>> finished = of(all, "bench").stream()
                .collect(Collectors.partitioningBy(
                        info -> Files.exists(info.folder().resolve(Result.FILE))));
        List<BenchRun> benches = finished.getOrDefault(true, List.of()).stream()
                .map(info -> BenchRun.read(info, trainings))
                .toList();
        List<ExploreRun> explorations =
                of(all, "explore").stream().map(ExploreRun::read).toList();
        return new Runs(all, explorations, trainings, benches, finished.getOrDefault(false, List.of())).toldApart();
    }

    /** Those of benchmarks that give figures of all questions alone. */
    public List<BenchRun> withoutParts() {
        return benches.stream().filter(run -> !run.result().hasParts()).toList();
    }

    /** Those of benchmarks that give figures of parts of the questions too, benchmark by benchmark. */
    public Collection<List<BenchRun>> withParts() {
        return benches.stream()
                .filter(run -> run.result().hasParts())
                .collect(Collectors.groupingBy(run -> run.result().benchmark(), TreeMap::new, Collectors.toList()))
                .values();
    }

    /** With a note behind each name that two of the runs have; sorted by method. */
    private Runs toldApart() {
        List<RunFacts> facts = benches.stream()
                .map(run -> RunFacts.measured(run.info(), run.training()))
                .toList();
        List<String> ofMethods = Distinction.notes(each(
                benches, (run, i) -> new Named(run.method().name(), run.result().benchmark(), facts.get(i))));
        List<String> ofSubjects = Distinction.notes(
                each(benches, (run, i) -> new Named(run.subject(), run.result().benchmark(), facts.get(i))));
        List<String> ofTrainings = Distinction.notes(
                each(trainings, (run, _) -> new Named(run.method().name(), "training", RunFacts.trained(run.info()))));
        List<Optional<Sweep>> sweeps = Sweep.of(
                benches.stream().map(BenchRun::method).toList(),
                benches.stream().map(BenchRun::training).toList(),
                facts);
        List<BenchRun> told = each(benches, (run, i) -> run.with(ofMethods.get(i), sweeps.get(i), ofSubjects.get(i)));
        return new Runs(
                all,
                explorations,
                each(trainings, (run, i) -> run.with(ofTrainings.get(i))).stream()
                        .sorted(Comparator.comparing(TrainRun::method))
                        .toList(),
                Stream.concat(
                                told.stream().filter(run -> !run.result().hasParts()),
                                told.stream()
                                        .filter(run -> run.result().hasParts())
                                        .sorted(Comparator.comparing(BenchRun::method)))
                        .toList(),
                unfinished);
    }

    private static <T, R> List<R> each(List<T> list, BiFunction<T, Integer, R> change) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> change.apply(list.get(i), i))
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
        List<Path> inside = Folders.list(folder).stream().filter(RunInfo::isRun).toList();
        if (!run && inside.isEmpty()) {
            throw new InputException(folder + " holds no run (no run.json, there or one folder below)");
        }
        inside.forEach(child -> found.putIfAbsent(child.toAbsolutePath().normalize(), RunInfo.read(child)));
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
}
