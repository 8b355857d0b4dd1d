package org.espalier.lab.model;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Progress;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.tensor.SideBySide;

/**
 * One SRPO question forward and backward, as a tree and with every path a sequence of its own, alternating in one
 * process.
 */
public final class TreeBenchmark {
    private TreeBenchmark() {}

    /**
     * What was measured of one way.
     *
     * @param seconds of a question, median of the counted runs
     * @param memory greatest peak of the process in MiB, warm-ups included; 0 if unknown
     * @param logprobDifference greatest difference of a path's log-probability from the first way's
     * @param gradientDifference norm of the difference from the first way's gradient over the norm of that
     */
    public record Timing(
            Way way, int tokens, double seconds, long memory, double logprobDifference, double gradientDifference) {}

    /**
     * What was measured of all ways.
     *
     * @param timings in the order that was asked for
     * @param questions side by side, a thread each; 1: one, with all threads
     * @param runs that were counted
     */
    public record Outcome(String size, int side, int questions, List<Timing> timings, int runs) {
        public Outcome {
            timings = List.copyOf(timings);
        }

        /** How many times faster the first way is than another. */
        public double speedUp(Timing other) {
            return other.seconds() / timings.getFirst().seconds();
        }

        /** How many times fewer tokens it computes: what the speed-up could be. */
        public double tokenRatio(Timing other) {
            return (double) other.tokens() / timings.getFirst().tokens();
        }
    }

    /**
     * Measures; with no warm-ups the first pass of each way counts.
     *
     * @param questions computed side by side, a thread each; 1: one, with all threads
     */
    public static Outcome run(Size size, List<Way> ways, int questions, int runs, int warmUps, Progress progress) {
        progress.at("perf tree " + size.name(), 0, warmUps + runs, "weights");
        try (RandomModel model = RandomModel.of(size, size.placement())) {
            return run(size, model.model(), ways, questions, runs, warmUps, progress);
        }
    }

    /** The same on a model that there is. */
    public static Outcome run(
            Size size,
            VisionLanguageModel model,
            List<Way> ways,
            int questions,
            int runs,
            int warmUps,
            Progress progress) {
        try (Adapter adapter = RandomAdapter.of(model);
                SideBySide threads = new SideBySide(questions, "question")) {
            SampleQuestion question = SampleQuestion.of(size, 1);
            MeasuredQuestion measured = new MeasuredQuestion(model, adapter, question);
            List<List<MeasuredQuestion.Run>> all = new ArrayList<>();
            ways.forEach(way -> all.add(new ArrayList<>()));
            for (int i = 0; i < warmUps + runs; i++) {
                for (int way = 0; way < ways.size(); way++) {
                    progress.at(
                            "perf tree " + size.name(),
                            i,
                            warmUps + runs,
                            ways.get(way).label());
                    all.get(way).add(run(measured, ways.get(way), questions, threads));
                }
            }
            MeasuredQuestion.Run first = all.getFirst().getFirst();
            List<Timing> timings = new ArrayList<>();
            for (int way = 0; way < ways.size(); way++) {
                timings.add(timing(ways.get(way), question.tree(), all.get(way), warmUps, first));
            }
            return new Outcome(size.name(), size.side(), questions, timings, runs);
        }
    }

    /** The first question's, with the time that each took of all. */
    private static MeasuredQuestion.Run run(MeasuredQuestion measured, Way way, int questions, SideBySide threads) {
        if (questions == 1) {
            return measured.run(way);
        }
        long start = System.nanoTime();
        MeasuredQuestion.Run first =
                threads.each(questions, question -> measured.run(way)).getFirst();
        double seconds = (System.nanoTime() - start) / 1e9 / questions;
        return new MeasuredQuestion.Run(seconds, first.memory(), first.logprobs(), first.gradient());
    }

    private static Timing timing(
            Way way, TokenTree tree, List<MeasuredQuestion.Run> runs, int warmUps, MeasuredQuestion.Run first) {
        MeasuredQuestion.Run own = runs.getFirst();
        double logprobs = 0;
        for (int i = 0; i < own.logprobs().length; i++) {
            logprobs = Math.max(logprobs, Math.abs(own.logprobs()[i] - first.logprobs()[i]));
        }
        return new Timing(
                way,
                way == Way.TREE ? tree.tokens() : tree.pairwiseTokens(),
                Median.of(runs.subList(warmUps, runs.size()), MeasuredQuestion.Run::seconds),
                runs.stream().mapToLong(MeasuredQuestion.Run::memory).max().orElse(0),
                logprobs,
                difference(own.gradient(), first.gradient()));
    }

    static double difference(float[] a, float[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.pow(a[i] - b[i], 2);
            norm += Math.pow(b[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
