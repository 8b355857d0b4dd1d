package org.espalier.srpo.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.TrainableDeltas;
import org.espalier.model.family.PictureInput;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Slope;
import org.espalier.srpo.objective.Term;

/** The objective of one question: its paths and the terms over them, as a tree or each path alone. */
public record QuestionObjective(TokenTree tree, List<Term> terms) {
    public QuestionObjective {
        terms = List.copyOf(terms);
    }

    /** How the paths are computed; all give the same numbers up to rounding. */
    public enum Mode {
        /** Every shared token once. */
        TREE,
        /** The reference that the tree is tested against: each path a sequence of its own, term by term. */
        PAIRWISE,
        /** Each path a sequence of its own, all of them before the way back. */
        AT_ONCE
    }

    /** Evaluates and adds {@code scale} times the gradient to the adapter's. */
    public Evaluation learn(
            TreeScorer scorer,
            List<PictureInput> pictures,
            Optional<Tensor> seen,
            TrainableDeltas deltas,
            double scale,
            Mode mode) {
        if (mode == Mode.TREE) {
            return learn(scorer, pictures, seen, deltas, scale, List.of(tree), terms);
        }
        if (mode == Mode.AT_ONCE) {
            List<Integer> all = IntStream.range(0, tree.leaves().size()).boxed().toList();
            return learn(scorer, pictures, seen, deltas, scale, alone(all), terms);
        }
        Evaluation total = Evaluation.ZERO;
        for (Term term : terms) {
            List<TokenTree> paths = alone(term.leaves());
            List<Integer> renumbered = IntStream.range(0, paths.size()).boxed().toList();
            Term own = new Term(term.kind(), renumbered, term.loss(), term.weight());
            total = total.plus(learn(scorer, pictures, seen, deltas, scale, paths, List.of(own)));
        }
        return total;
    }

    private List<TokenTree> alone(List<Integer> leaves) {
        return leaves.stream().map(leaf -> tree.only(List.of(leaf))).toList();
    }

    private static Evaluation learn(
            TreeScorer scorer,
            List<PictureInput> pictures,
            Optional<Tensor> seen,
            TrainableDeltas deltas,
            double scale,
            List<TokenTree> trees,
            List<Term> terms) {
        List<Evaluation> result = new ArrayList<>();
        scorer.learn(trees, pictures, seen, deltas, logprobs -> {
            Reckoning reckoning = new Reckoning(logprobs, scale);
            terms.forEach(reckoning::add);
            result.add(reckoning.evaluation);
            return reckoning.gradients;
        });
        return result.getFirst();
    }

    private static Evaluation evaluation(Term term, List<double[]> logprobs, Slope slope) {
        double weighted = slope.loss() * term.weight();
        if (term.kind() == Term.Kind.REFERENCE) {
            return new Evaluation(weighted, slope.loss(), 0, 0, 0, 0, 0, 0);
        }
        double chosen = Losses.sum(logprobs.get(0));
        double rejected = Losses.sum(logprobs.get(1));
        return new Evaluation(
                weighted, 0, slope.loss(), 1, chosen > rejected ? 1 : 0, chosen - rejected, chosen, rejected);
    }

    /** Adds terms up over the paths of one tree. */
    private static final class Reckoning {
        private final List<double[]> logprobs;
        private final List<double[]> gradients = new ArrayList<>();
        private final double scale;
        private Evaluation evaluation = Evaluation.ZERO;

        Reckoning(List<double[]> logprobs, double scale) {
            this.logprobs = logprobs;
            this.scale = scale;
            logprobs.forEach(path -> gradients.add(new double[path.length]));
        }

        void add(Term term) {
            List<double[]> mine = term.leaves().stream().map(logprobs::get).toList();
            Slope slope = term.loss().of(mine);
            for (int i = 0; i < mine.size(); i++) {
                double[] sum = gradients.get(term.leaves().get(i));
                double[] part = slope.gradients().get(i);
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += part[j] * term.weight() * scale;
                }
            }
            evaluation = evaluation.plus(QuestionObjective.evaluation(term, mine, slope));
        }
    }
}
