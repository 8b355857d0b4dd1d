package org.espalier.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.espalier.cluster.SparkHome;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.Shipped;
import org.espalier.lab.process.EspalierProcess;
import org.espalier.ssui.pool.Pool;

/**
 * An exploration, a benchmark, a small study and an intake by one process, by executors of this machine of which one is killed,
 * and by a standalone master with two workers of which one is killed: are trees, answers, counts and pools equal byte for byte?
 *
 * @param folder for data and runs, which is not there yet or is empty
 * @param questions that are explored, and as many that are asked; an even number
 * @param group questions that are worked on together
 */
public record ClusterTrial(Path folder, Path model, Path recipe, SparkHome spark, int questions, int group) {
    private static final int HEAP = 768;
    private static final String TREES = "trees.jsonl";
    private static final String ANSWERS = "answers.jsonl";
    private static final String CELLS = "core/cells";

    /**
     * What was seen of one way.
     *
     * @param killed processes during the exploration
     * @param lost executors that the run told of
     * @param trees whether they are equal to those of one process, as {@code answers}, what the study counted and the pool
     */
    public record Way(
            String name,
            double exploring,
            double asking,
            double studying,
            int killed,
            long lost,
            boolean trees,
            boolean answers,
            boolean study,
            boolean pool) {
        boolean sound() {
            return trees && answers && study && pool && (killed == 0 || lost > 0);
        }
    }

    /** Whether all of them came to the same. */
    public static boolean sound(List<Way> ways) {
        return ways.stream().allMatch(Way::sound);
    }

    /** Runs it. */
    public List<Way> run(Progress progress) throws InterruptedException {
        world();
        List<Way> ways = new ArrayList<>();
        ways.add(way("one process", "one", List.of(), _ -> true, progress));
        List<String> local = List.of("--on", "local-cluster[2,1,512]");
        ways.add(way("local-cluster, an executor killed", "local", local, ClusterTrial::killExecutor, progress));
        try (StandaloneSpark cluster = StandaloneSpark.start(spark, 2, folder)) {
            List<String> on = List.of("--on", cluster.address(), "--spark-conf", "spark.executor.memory=512m");
            ways.add(way("master and two workers, a worker killed", "standalone", on, _ -> kill(cluster), progress));
        }
        return ways;
    }

    private static boolean kill(StandaloneSpark cluster) {
        cluster.kill(0);
        return true;
    }

    /** The first that is there: what the process that leads the run has started. */
    private static boolean killExecutor(EspalierProcess run) {
        List<ProcessHandle> leading = run.family();
        return run.descendants().stream()
                .filter(process -> !leading.contains(process))
                .findFirst()
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
    }

    private void world() throws InterruptedException {
        Folders.make(folder);
        finish(
                "world",
                EspalierProcess.words(
                        "greenhouse world --size validation=2 --size test-combinations=2 --size test-drawings=2",
                        "--size train=" + questions + " --size test-seen=" + questions,
                        List.of("--model", model, "--out", folder.resolve("world"))));
        AtomicFile.write(studyFile(), study());
    }

    /** Two cells of a world, with one training. */
    private String study() {
        return Shipped.text(
                ClusterTrial.class,
                "study.yaml",
                Map.of("recipe", recipe.toAbsolutePath(), "model", model.toAbsolutePath()));
    }

    private Path studyFile() {
        return folder.resolve("study.yaml");
    }

    private Way way(String name, String prefix, List<String> on, Predicate<EspalierProcess> kill, Progress progress)
            throws InterruptedException {
        progress.at("cluster", 0, 0, name);
        boolean cluster = !on.isEmpty();
        long start = System.nanoTime();
        int killed = 0;
        try (EspalierProcess run = EspalierProcess.brief(HEAP, log(prefix + "-explore"), explore(prefix, on))) {
            // In the middle: some groups are done, some are not.
            while (cluster && killed == 0 && run.running()) {
                if (lines(out(prefix, "explore").resolve(TREES)) >= group && kill.test(run)) {
                    killed = 1;
                }
                Thread.sleep(50);
            }
            run.succeeds();
        }
        double exploring = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        finish(prefix + "-bench", bench(prefix, on));
        double asking = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        finish(prefix + "-study", study(prefix, on));
        double studying = (System.nanoTime() - start) / 1e9;
        finish(prefix + "-pool", intake(prefix, on));
        return new Way(
                name,
                exploring,
                asking,
                studying,
                killed,
                said(prefix + "-explore", " was lost;"),
                same(
                        out("one", "explore").resolve(TREES),
                        out(prefix, "explore").resolve(TREES)),
                same(out("one", "bench").resolve(ANSWERS), out(prefix, "bench").resolve(ANSWERS)),
                Sha256.of(out("one", "study").resolve(CELLS))
                        .equals(Sha256.of(out(prefix, "study").resolve(CELLS))),
                same(out("one", "pool").resolve(Pool.NAME), out(prefix, "pool").resolve(Pool.NAME)));
    }

    private Path out(String way, String verb) {
        return folder.resolve(way + "-" + verb);
    }

    private List<String> explore(String way, List<String> on) {
        Path data = folder.resolve("world/train/ssui.jsonl");
        return EspalierProcess.words(
                "explore --examples 0 --branch-samples 3 --data", data, common(out(way, "explore"), on));
    }

    private List<String> bench(String way, List<String> on) {
        Path data = folder.resolve("world/test-seen/ssui.jsonl");
        return EspalierProcess.words("bench rsbench --data", data, common(out(way, "bench"), on));
    }

    private List<String> study(String way, List<String> on) {
        return EspalierProcess.words("study --file", studyFile(), "--out", out(way, "study"), on(on));
    }

    private List<String> intake(String way, List<String> on) {
        Path pictures = folder.resolve("world/train/images");
        return EspalierProcess.words("ssui intake", pictures, "--out", out(way, "pool"), on(on));
    }

    private List<String> common(Path out, List<String> on) {
        return EspalierProcess.words(
                "--model", model, "--recipe", recipe, "--group-size " + group, "--out", out, on(on));
    }

    private List<String> on(List<String> on) {
        return on.isEmpty() ? on : EspalierProcess.words(on, "--spark-home", spark.folder());
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private void finish(String name, List<String> words) throws InterruptedException {
        EspalierProcess.finish(HEAP, log(name), words);
    }

    private static long lines(Path file) {
        return Files.exists(file) ? matching(file, "") : 0;
    }

    private long said(String name, String words) {
        return matching(log(name), words);
    }

    private static long matching(Path file, String words) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(words)).count();
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private static boolean same(Path one, Path other) {
        return FileTrouble.reading(other, () -> Files.mismatch(one, other) < 0);
    }
}
