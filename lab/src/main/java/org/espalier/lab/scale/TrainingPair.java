package org.espalier.lab.scale;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Progress;
import org.espalier.core.file.Sha256;
import org.espalier.lab.process.EspalierProcess;
import org.espalier.lab.training.TrialTraining;

/**
 * Questions a second of a training by one process of one thread and by several of one thread each, in turn.
 *
 * @param processes that are compared with one
 * @param runs of each; the fastest counts, since what others do on the machine only ever takes time
 */
public record TrainingPair(TrialTraining training, int processes, int runs) {
    /** When steps were seen to be done. */
    static final class StepClock {
        private final List<Long> nanos = new ArrayList<>();

        /** So many are done now. */
        void see(int steps) {
            see(steps, System.nanoTime());
        }

        void see(int steps, long now) {
            while (nanos.size() < steps) {
                nanos.add(now);
            }
        }

        /** Steps a second from the end of the first so many on. */
        double rate(int first) {
            int from = Math.max(0, first - 1);
            return 1e9 * (nanos.size() - 1 - from) / (nanos.getLast() - nanos.get(from));
        }
    }

    /** Steps in which Java still compiles, out of all. */
    private static final double WARM_UP = 0.25;

    private static final long LOOK_MILLIS = 5;

    /**
     * What was measured.
     *
     * @param steps that were counted, of each run
     * @param equal whether all adapters have the same bytes
     */
    public record Result(int processes, int steps, double one, double several, boolean equal) {
        /** What several do of what as many by themselves would. */
        public double share() {
            return several / (processes * one);
        }
    }

    /** Runs it; the folder of the training is new. */
    public Result run(Progress progress) throws InterruptedException {
        training.explore();
        double one = 0;
        double several = 0;
        boolean equal = true;
        for (int i = 0; i < runs; i++) {
            progress.at("training", i, runs, "one process");
            one = Math.max(one, rate("one-" + i, "--threads", "1"));
            progress.at("training", i, runs, processes + " processes");
            several = Math.max(several, rate("several-" + i, "--processes", String.valueOf(processes)));
            equal &= adapter("several-" + i).equals(adapter("one-0"));
        }
        int steps = TrialTraining.steps(training.folder().resolve("one-0"));
        return new Result(processes, steps - warm(steps), one, several, equal);
    }

    private static int warm(int steps) {
        return (int) (WARM_UP * steps);
    }

    private String adapter(String run) {
        return Sha256.of(training.folder().resolve(run).resolve("adapter/adapter_model.safetensors"));
    }

    /** Questions a second between the end of the warm-up and the last step. */
    private double rate(String name, String... more) throws InterruptedException {
        Path out = training.folder().resolve(name);
        List<String> words = training.words(out, more);
        try (EspalierProcess run = EspalierProcess.alike(training.folder().resolve(name + ".log"), words)) {
            StepClock clock = new StepClock();
            while (run.running()) {
                clock.see(TrialTraining.steps(out));
                Thread.sleep(LOOK_MILLIS);
            }
            run.succeeds();
            clock.see(TrialTraining.steps(out));
            int steps = TrialTraining.steps(out);
            double perStep = (double) training.questions() * training.epochs() / steps;
            return perStep * clock.rate(warm(steps));
        }
    }
}
