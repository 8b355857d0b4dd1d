package org.espalier.lab.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.lab.process.EspalierProcess;

/**
 * Trainings by several processes of which a random one is killed with kill -9 at a random moment, started again with the same
 * command, beside one by one process that is left alone.
 *
 * @param processes of each training
 * @param kills altogether
 * @param killsATraining after so many a training is let end and the next one begins
 * @param seed draws the moments and whom they hit
 */
public record TrainingCrashTrial(TrialTraining training, int processes, int kills, int killsATraining, long seed) {
    /** One kill in so many comes while the processes start and meet. */
    private static final int AT_THE_START = 5;
    /** Within which all are to end where one was lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What a training writes that is compared. */
    private static final List<String> WRITTEN =
            List.of("metrics.jsonl", "adapter/adapter_model.safetensors", "adapter/adapter_config.json");

    /**
     * What was seen.
     *
     * @param kills of which {@code first} hit the first process, the one that writes
     * @param atTheStart kills before the first step of a process's life
     * @param differing trainings of which a byte differs from that of the one left alone
     * @param left kills after which a process was still there when all should have ended
     * @param unexplained kills of another process than the first after which the first did not end with exit code 3
     * @param slowest seconds from a kill to the end of all at most
     */
    public record Result(
            int trainings,
            int steps,
            int kills,
            int first,
            int atTheStart,
            int differing,
            int left,
            int unexplained,
            double slowest) {
        /** Whether nothing was lost and nothing stayed behind. */
        public boolean sound() {
            return differing == 0 && left == 0 && unexplained == 0;
        }
    }

    /** Runs it. */
    public Result run(Progress progress) throws InterruptedException {
        Path folder = training.folder();
        training.explore();
        Path whole = folder.resolve("whole");
        training.finish("whole.log", training.words(whole, "--threads", "1"));
        Tally tally = new Tally(TrialTraining.steps(whole));
        Random random = new Random(seed);
        while (tally.kills < kills) {
            Path out = folder.resolve("killed-" + tally.trainings);
            List<String> words = training.words(out, "--processes", String.valueOf(processes));
            int last = Math.min(kills, tally.kills + killsATraining);
            boolean goesOn = true;
            while (goesOn && tally.kills < last) {
                goesOn = kill(out, words, last, random, tally);
                progress.at("kills", tally.kills, kills, "");
            }
            training.finish("killed.log", words);
            tally.differing += same(whole, out) ? 0 : 1;
            tally.trainings++;
        }
        return tally.result();
    }

    private static final class Tally {
        private final int steps;
        private int trainings;
        private int kills;
        private int first;
        private int atTheStart;
        private int differing;
        private int left;
        private int unexplained;
        private double slowest;

        Tally(int steps) {
            this.steps = steps;
        }

        Result result() {
            return new Result(trainings, steps, kills, first, atTheStart, differing, left, unexplained, slowest);
        }
    }

    /** Kills one of a training's processes at a random moment; whether it came before the training had ended. */
    private boolean kill(Path out, List<String> words, int last, Random random, Tally tally)
            throws InterruptedException {
        int before = TrialTraining.steps(out);
        boolean start = random.nextInt(AT_THE_START) == 0;
        // Spread over what is still to be done, so that kills hit every part of it.
        int more = 1 + random.nextInt(Math.max(1, 2 * (tally.steps - before) / (last - tally.kills + 1)));
        int whom = random.nextInt(processes);
        Path log = training.folder().resolve("killed.log");
        try (EspalierProcess run = EspalierProcess.brief(TrialTraining.HEAP, log, words)) {
            long least = System.nanoTime() + 200_000_000L + random.nextInt(2_000_000_000);
            while (start ? System.nanoTime() < least : TrialTraining.steps(out) < before + more) {
                if (!run.running()) {
                    return false;
                }
                Thread.sleep(2);
            }
            List<ProcessHandle> members = run.family();
            ProcessHandle victim = members.get(Math.min(whom, members.size() - 1));
            if (!run.running() || !victim.destroyForcibly()) {
                return false;
            }
            boolean first = victim.equals(members.getFirst());
            count(run, members, first, tally);
            tally.atTheStart += start ? 1 : 0;
            return true;
        }
    }

    private static void count(EspalierProcess training, List<ProcessHandle> members, boolean first, Tally tally)
            throws InterruptedException {
        long killed = System.nanoTime();
        boolean ended = training.ends(PATIENCE);
        while (members.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - killed < PATIENCE.toNanos()) {
            Thread.sleep(5);
        }
        tally.slowest = Math.max(tally.slowest, (System.nanoTime() - killed) / 1e9);
        tally.left += members.stream().anyMatch(ProcessHandle::isAlive) ? 1 : 0;
        tally.unexplained += !first && !(ended && training.code() == 3) ? 1 : 0;
        tally.first += first ? 1 : 0;
        tally.kills++;
    }

    /** Whether two trainings wrote the same bytes. */
    static boolean same(Path one, Path other) {
        for (String file : WRITTEN) {
            Path theirs = other.resolve(file);
            if (FileTrouble.reading(theirs, () -> Files.mismatch(one.resolve(file), theirs)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
