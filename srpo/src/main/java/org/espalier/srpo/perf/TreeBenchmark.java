package org.espalier.srpo.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.Progress;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterConfig;
import org.espalier.model.perf.RandomWeights;
import org.espalier.model.perf.Size;
import org.espalier.model.qwen.QwenModel;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.tree.QuestionObjective;
import org.espalier.srpo.tree.QuestionObjective.Mode;
import org.espalier.srpo.tree.TreeScorer;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.Scope;

/**
 * One SRPO question forward and backward, as a tree and with every path a sequence of its own (two at a time, each with
 * its own run of the vision tower), alternating in one process. The adapter has rank 8 on all seven linear kinds.
 */
public final class TreeBenchmark {
    private TreeBenchmark() {}

    /**
     * What was measured. Times are medians in seconds, memory is the peak in MiB (0 if unknown).
     *
     * @param logprobDifference greatest difference of a path's log-probability between the two modes
     * @param gradientDifference norm of the gradients' difference over the norm of the gradient
     */
    public record Outcome(
            String size,
            int treeTokens,
            int pairwiseTokens,
            double treeSeconds,
            double pairwiseSeconds,
            long treeMemory,
            long pairwiseMemory,
            double logprobDifference,
            double gradientDifference,
            int runs) {
        /** How many times faster the tree is. */
        public double speedUp() {
            return pairwiseSeconds / treeSeconds;
        }

        /** How many times fewer tokens it computes: what the speed-up could be. */
        public double tokenRatio() {
            return (double) pairwiseTokens / treeTokens;
        }
    }

    public static Outcome run(Size size, int runs, int warmUps, Progress progress) {
        RandomWeights weights = new RandomWeights(size.type(), 0);
        try (VisionLanguageModel model = QwenModel.of(size.config(), weights, Set.of(), weights::close);
                Adapter adapter = adapter(model)) {
            SampleQuestion question = SampleQuestion.of(size, 1);
            Bench bench = new Bench(model, adapter, question);
            float[] tree = bench.gradient(Mode.TREE);
            float[] pairwise = bench.gradient(Mode.PAIRWISE);
            List<Double> treeTimes = new ArrayList<>();
            List<Double> pairwiseTimes = new ArrayList<>();
            long treeMemory = 0;
            long pairwiseMemory = 0;
            for (int i = 0; i < warmUps + runs; i++) {
                progress.at("perf tree " + size.name(), i, warmUps + runs, i < warmUps ? "warm-up" : "");
                double treeTime = bench.seconds(Mode.TREE);
                treeMemory = Math.max(treeMemory, ResidentMemory.peak().orElse(0));
                double pairwiseTime = bench.seconds(Mode.PAIRWISE);
                pairwiseMemory = Math.max(pairwiseMemory, ResidentMemory.peak().orElse(0));
                if (i >= warmUps) {
                    treeTimes.add(treeTime);
                    pairwiseTimes.add(pairwiseTime);
                }
            }
            return new Outcome(
                    size.name(),
                    question.objective().tree().tokens(),
                    question.objective().tree().pairwiseTokens(),
                    median(treeTimes),
                    median(pairwiseTimes),
                    treeMemory,
                    pairwiseMemory,
                    bench.logprobDifference(),
                    difference(tree, pairwise),
                    runs);
        }
    }

    /** A and B both at random: with B at zero half of the gradients would be zero. */
    private static Adapter adapter(VisionLanguageModel model) {
        Adapter adapter = Adapter.fresh(
                AdapterConfig.of(8, 16, AdapterConfig.ALL_KINDS),
                model.decoder().shape(),
                2);
        try (PointerScope scope = new PointerScope()) {
            Scope.withoutGradients(() -> adapter.parameters()
                    .flat()
                    .copy_(torch.randn_like(adapter.parameters().flat()).mul_(new Scalar(0.05))));
        }
        return adapter;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static double difference(float[] a, float[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.pow(a[i] - b[i], 2);
            norm += Math.pow(b[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    /** One question and what it is run on. */
    private record Bench(VisionLanguageModel model, Adapter adapter, SampleQuestion question) {
        double seconds(Mode mode) {
            ResidentMemory.forget();
            long start = System.nanoTime();
            gradientsOf(mode).close();
            return (System.nanoTime() - start) / 1e9;
        }

        float[] gradient(Mode mode) {
            try (Tensor gradient = gradientsOf(mode)) {
                return HostTensors.floats(gradient);
            }
        }

        private Tensor gradientsOf(Mode mode) {
            QuestionObjective objective = question.objective();
            if (mode == Mode.TREE) {
                learn(objective, mode);
            } else {
                objective.terms().forEach(term -> learn(new QuestionObjective(objective.tree(), List.of(term)), mode));
            }
            return adapter.parameters().takeGradients();
        }

        private void learn(QuestionObjective objective, Mode mode) {
            try (PointerScope scope = new PointerScope()) {
                Optional<Tensor> seen = Optional.empty();
                int times = mode == Mode.TREE
                        ? 1
                        : objective.terms().getFirst().leaves().size();
                for (int i = 0; i < times; i++) {
                    seen = Optional.of(Scope.withoutGradients(() -> model.see(question.pictures())));
                }
                objective.learn(new TreeScorer(model), question.pictures(), seen, adapter, 1, mode);
            }
        }

        double logprobDifference() {
            try (PointerScope scope = new PointerScope()) {
                TreeScorer scorer = new TreeScorer(model);
                Optional<Tensor> seen = Optional.of(Scope.withoutGradients(() -> model.see(question.pictures())));
                Deltas deltas = adapter;
                List<double[]> whole = scorer.score(question.objective().tree(), question.pictures(), seen, deltas);
                double greatest = 0;
                for (int i = 0; i < whole.size(); i++) {
                    double[] alone = scorer.score(
                                    question.objective().tree().only(List.of(i)), question.pictures(), seen, deltas)
                            .getFirst();
                    greatest = Math.max(greatest, Math.abs(Losses.sum(whole.get(i)) - Losses.sum(alone)));
                }
                return greatest;
            }
        }
    }
}
