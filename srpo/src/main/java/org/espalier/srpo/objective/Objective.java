package org.espalier.srpo.objective;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espalier.core.PathTree;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/**
 * What a training makes small. An objective says which paths of a question it looks at, each with a weight of its own
 * choice, and what it must know besides; then, from the log-probabilities of those paths, it gives a loss and its
 * gradient, token by token. Models, tensors and batches are the trainer's business, so that an objective is plain
 * arithmetic. {@code docs/add-an-objective.md} goes through one.
 *
 * <p>An implementation holds its settings and nothing else, as a record: the questions of a batch are evaluated by
 * several threads at once.
 */
public interface Objective {
    /** As recipes, {@code --method} and tables call it: small letters, digits and hyphens. */
    String name();

    /**
     * The paths of one question that are scored, as a tree of tokens.
     *
     * @param question what exploration found
     * @param tokens the token ids of its prompt and paths
     * @param random a function of the seed and the question alone, for objectives that draw some of the paths
     * @return empty where the question lacks what the objective needs: it is left out and counted
     */
    Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random);

    /** What a question must have to be of use, for people; completes "it needs ...". */
    default String requirement() {
        return "paths that it can score";
    }

    /** What {@link #evaluate} must be given beside the log-probabilities; what is not asked for is not computed. */
    default Set<Need> needs() {
        return Set.of();
    }

    /** The loss of one question. The training's loss is the mean over the questions of a batch. */
    Evaluation evaluate(Scores scores);

    /** What an objective may ask for. */
    enum Need {
        /**
         * The same log-probabilities by the model that the training began with (the adapter off, or as it was where one
         * is trained on), computed once a question and exploration.
         */
        BASE,
        /** The scores of all questions of the batch, from a pass of their own without gradients. */
        BATCH
    }

    /**
     * The scored paths of one question.
     *
     * @param tree what {@link #select} chose
     * @param paths one array a leaf, in their order: the natural logarithm of the probability of each of its scored
     *     tokens, at temperature 1
     * @param base the same of the base model; empty unless {@link Need#BASE} is asked for
     * @param batch of every question of the batch, this one among them, in the order of the batch; empty unless
     *     {@link Need#BATCH} is asked for. To the gradient they are constants
     */
    record Scores(TokenTree tree, List<double[]> paths, List<double[]> base, List<Scores> batch) {
        public Scores {
            paths = List.copyOf(paths);
            base = List.copyOf(base);
            batch = List.copyOf(batch);
        }

        /** Of one path. */
        public double[] path(int leaf) {
            return paths.get(leaf);
        }

        /** Its weight, as {@link #select} gave it. */
        public double weight(int leaf) {
            return tree.leaves().get(leaf).weight();
        }

        /** Starts the sum of a question's terms. */
        public Terms terms() {
            return new Terms(this);
        }
    }

    /**
     * What an objective came to on one question.
     *
     * @param gradients one array a leaf: the derivative of the loss by each of {@link Scores#paths}
     */
    record Evaluation(Metrics metrics, List<double[]> gradients) {
        public Evaluation {
            gradients = List.copyOf(gradients);
        }
    }

    /**
     * What the metrics tell, of one question or summed over several.
     *
     * @param loss the whole
     * @param reference J_ref: sum of the terms of single paths, without their weights
     * @param alignment J_align: sum of the terms of pairs, without their weights
     * @param pairs how many terms of pairs
     * @param ordered of them, those whose favorable path is the likelier
     * @param margin sum over pairs of the difference of summed log-probabilities
     * @param chosen sum over pairs of the favorable path's summed log-probability
     * @param rejected likewise of the unfavorable
     * @param own an objective's own figures, by their names in {@code metrics.jsonl}, which tells their mean over
     *     questions
     */
    record Metrics(
            double loss,
            double reference,
            double alignment,
            int pairs,
            int ordered,
            double margin,
            double chosen,
            double rejected,
            SortedMap<String, Double> own) {
        public static final Metrics ZERO = new Metrics(0, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap());

        /** The same with a loss that counts so much. */
        public Metrics weighing(double weight) {
            return new Metrics(loss * weight, reference, alignment, pairs, ordered, margin, chosen, rejected, own);
        }

        /** Both together. */
        public Metrics plus(Metrics other) {
            SortedMap<String, Double> all = new TreeMap<>(own);
            other.own.forEach((name, value) -> all.merge(name, value, Double::sum));
            return new Metrics(
                    loss + other.loss,
                    reference + other.reference,
                    alignment + other.alignment,
                    pairs + other.pairs,
                    ordered + other.ordered,
                    margin + other.margin,
                    chosen + other.chosen,
                    rejected + other.rejected,
                    all);
        }
    }

    /** Sums the terms of one question: their losses, their gradients by path, what the metrics tell. */
    final class Terms {
        private static final SortedMap<String, Double> NONE = Collections.emptySortedMap();

        private final Scores scores;
        private final List<double[]> gradients = new ArrayList<>();
        private Metrics metrics = Metrics.ZERO;

        private Terms(Scores scores) {
            this.scores = scores;
            scores.paths().forEach(path -> gradients.add(new double[path.length]));
        }

        /** Adds {@code weight} times a term that looks at one path. */
        public Terms single(int leaf, LossAndGradient term, double weight) {
            add(leaf, term.gradients().getFirst(), weight);
            return tell(new Metrics(term.loss() * weight, term.loss(), 0, 0, 0, 0, 0, 0, NONE));
        }

        /** Adds {@code weight} times a term that looks at one path and is no J_ref: only the loss tells it. */
        public Terms weighted(int leaf, LossAndGradient term, double weight) {
            add(leaf, term.gradients().getFirst(), weight);
            return tell(new Metrics(term.loss() * weight, 0, 0, 0, 0, 0, 0, 0, NONE));
        }

        /** Adds {@code weight} times a term that looks at a favorable and an unfavorable path. */
        public Terms pair(int favorable, int unfavorable, LossAndGradient term, double weight) {
            add(favorable, term.gradients().get(0), weight);
            add(unfavorable, term.gradients().get(1), weight);
            double chosen = Losses.sum(scores.path(favorable));
            double rejected = Losses.sum(scores.path(unfavorable));
            int ordered = chosen > rejected ? 1 : 0;
            double loss = term.loss();
            return tell(new Metrics(loss * weight, 0, loss, 1, ordered, chosen - rejected, chosen, rejected, NONE));
        }

        /** Tells a figure of the objective's own. */
        public Terms metric(String name, double value) {
            return tell(new Metrics(0, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>(Map.of(name, value))));
        }

        public Evaluation evaluation() {
            return new Evaluation(metrics, gradients);
        }

        private void add(int leaf, double[] part, double weight) {
            double[] sum = gradients.get(leaf);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i] * weight;
            }
        }

        private Terms tell(Metrics more) {
            metrics = metrics.plus(more);
            return this;
        }
    }
}
