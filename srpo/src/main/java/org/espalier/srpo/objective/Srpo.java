package org.espalier.srpo.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.espalier.core.Branch;
import org.espalier.core.ContrastivePair;
import org.espalier.core.PathTree;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.srpo.explore.BranchedSteps;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/**
 * Safety-aware Reasoning Path Optimization (Eq. 9): {@code J = J_ref + λ J_align}. J_ref (Eq. 5) makes the reference path
 * likely; J_align (Eq. 6-8) makes, at each step of the trunk, a favorable branch likelier than an unfavorable one. A
 * question without a pair trains J_ref alone.
 */
public record Srpo(
        @Setting(help = "Weight of the alignment term (Eq. 9).", min = 0)
        double lambda,

        @Setting(help = "Scale of the log-ratio (Eq. 6).", above = 0)
        double k,

        @Setting(help = "How the tokens of a branch make its likelihood.")
        Likelihood likelihood,

        @Setting(help = "How the reference path makes J_ref (Eq. 5).")
        Reference reference,

        @Setting(help = "What is compared between two branches.")
        Alignment alignment,

        @Setting(help = "How the pairs of a question are put together (Eq. 8).")
        Reduction overPairs,

        @Setting(help = "Pairs at most, per step; 0 takes all.", min = 0)
        int pairsPerStep,

        @Setting(help = "Which pairs are trained on: " + BranchedSteps.HELP, min = -1000, max = 1000)
        int pairsFromStep,

        @Setting(help = "How far two branches are compared: whole, or to the end of the first step that differs.")
        Compared compared,

        @Setting(help = "What the pairs of a question weigh: the same, or as much as the step makes the model fail.")
        PairWeights pairWeights,

        @Setting(help = ReferencePath.HELP) ReferencePath referencePath,

        @Setting(
                help = "Correct paths at most that J_ref is the mean over: that path, then others that were drawn.",
                min = 1,
                max = 1000)
        int referencePaths)
        implements Objective {

    /** As "SRPO" states it. */
    public static final Srpo PAPER = new Srpo(
            0.3, // paper: "The loss weight λ is set to 0.3"
            1, // paper: an unspecified "scaling factor"; RPO has none
            Likelihood.SUM, // paper, Eq. 7: log p of a path is the sum over its tokens
            Reference.STEP_MEAN, // paper, Eq. 5: the expectation over the steps of log p of a step
            Alignment.LOG_RATIO, // paper, Eq. 6
            Reduction.SUM, // paper, Eq. 8
            1, // paper: one favorable and one unfavorable branch a step
            1, // paper, Eq. 8: from the first place on
            Compared.WHOLE, // paper, Eq. 7: τ to its end
            PairWeights.EVEN, // paper, Eq. 8
            ReferencePath.DATASET, // paper, Eq. 5: τ* of the dataset
            1); // paper, Eq. 5: one path

    /** As the public code of Reasoning Paths Optimization, the text-only ancestor, has it. */
    public static final Srpo RPO = new Srpo(
            0.3, // RPO: orpo_beta 0.3 in its README's commands
            1, // RPO has no such factor
            Likelihood.MEAN, // RPO: mean log-probability over the diverging suffix
            Reference.TOKEN_MEAN, // RPO: mean log-probability
            Alignment.LOG_ODDS, // RPO: log-odds ratio
            Reduction.MEAN, // RPO: mean over pairs
            0, // RPO: every correct with every incorrect continuation
            1, // RPO: every place
            Compared.WHOLE, // RPO: the whole suffix
            PairWeights.EVEN, // RPO
            ReferencePath.DATASET, // RPO: the ground truth
            1); // RPO: one path

    /** Over the tokens of a branch. */
    public enum Likelihood {
        SUM,
        MEAN
    }

    /** Over the reference path. */
    public enum Reference {
        /** A step's log-probability is the sum over its tokens; minus the mean over steps. */
        STEP_MEAN,
        /** Minus the mean over all tokens. */
        TOKEN_MEAN,
        /** Minus the sum over all tokens. */
        SUM
    }

    /** Between a favorable and an unfavorable branch. */
    public enum Alignment {
        /** The difference of the log-likelihoods (Eq. 6). */
        LOG_RATIO,
        /** The difference of the log-odds. */
        LOG_ODDS
    }

    /** Over the pairs of a question. */
    public enum Reduction {
        SUM,
        MEAN
    }

    /** How far two branches are compared. Ours: what comes after a wrong step is wrong because of it. */
    public enum Compared {
        /** To their ends (Eq. 7). */
        WHOLE,
        /** To the end of the first step in which they differ. */
        STEP
    }

    /** What the pairs of a question weigh; together they weigh the same in both cases. */
    public enum PairWeights {
        /** One as much as another (Eq. 8). */
        EVEN,
        /** By {@link StepFalls}; a step that makes nothing worse is left out. Ours. */
        FALL
    }

    /** @throws org.espalier.core.InputException if a number is out of its range */
    public Srpo {
        SettingKey.check(
                Srpo.class,
                lambda,
                k,
                likelihood,
                reference,
                alignment,
                overPairs,
                pairsPerStep,
                pairsFromStep,
                compared,
                pairWeights,
                referencePath,
                referencePaths);
        BranchedSteps.check("pairs-from-step", pairsFromStep);
    }

    @Override
    public String name() {
        return "srpo";
    }

    @Override
    public String requirement() {
        return referencePath.requirement();
    }

    /**
     * First the reference path, or the trunk in its place, and further ones, whose weight is what J_ref multiplies the
     * log-probability by; then the pairs, the favorable branch with the weight of their term before the unfavorable one with
     * its negative. The trunk is not scored: it cancels in Eq. 6. A λ of 0 scores no pairs.
     */
    @Override
    public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
        List<ReferencePath.Found> references = referencePath.of(question, tokens, referencePaths);
        if (references.isEmpty()) {
            return Optional.empty();
        }
        int[] trunk = tokens.trunk();
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        references.forEach(path -> leaves.add(new TokenTree.Leaf(
                0, path.tokens(), ofReference(path.steps(), path.tokens().length) / references.size())));
        weighted(question).forEach((pair, weight) -> {
            int steps = compared == Compared.STEP ? pair.divergingStep() : Integer.MAX_VALUE;
            leaves.add(tokens.branch(pair.favorable(), steps, trunk, weight));
            leaves.add(tokens.branch(pair.unfavorable(), steps, trunk, -weight));
        });
        return Optional.of(new TokenTree(tokens.prompt(), trunk, leaves, false));
    }

    /** The pairs with the weights of their terms, in order. */
    private Map<ContrastivePair, Double> weighted(PathTree question) {
        List<ContrastivePair> pairs = lambda == 0 ? List.of() : pairs(question);
        double one = overPairs == Reduction.MEAN && !pairs.isEmpty() ? lambda / pairs.size() : lambda;
        List<Double> shares = pairWeights == PairWeights.FALL
                ? StepFalls.of(question).shares(pairs)
                : Collections.nCopies(pairs.size(), 1.0);
        Map<ContrastivePair, Double> weighted = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (shares.get(i) > 0) {
                weighted.put(pairs.get(i), one * shares.get(i));
            }
        }
        return weighted;
    }

    private List<ContrastivePair> pairs(PathTree question) {
        List<Integer> branched = question.branches().stream()
                .map(Branch::sharedSteps)
                .distinct()
                .sorted()
                .toList();
        Set<Integer> counted = Set.copyOf(BranchedSteps.from(pairsFromStep, branched, shared -> shared));
        return question.pairs(pairsPerStep == 0 ? Integer.MAX_VALUE : pairsPerStep).stream()
                .filter(pair -> counted.contains(pair.sharedSteps()))
                .toList();
    }

    private double ofReference(int steps, int tokens) {
        return switch (reference) {
            case STEP_MEAN -> 1.0 / steps;
            case TOKEN_MEAN -> 1.0 / tokens;
            case SUM -> 1;
        };
    }

    @Override
    public Evaluation evaluate(Scores scores) {
        Terms terms = scores.terms();
        int leaves = scores.paths().size();
        for (int i = 0; i < leaves; i++) {
            if (i + 1 < leaves && scores.weight(i + 1) < 0) {
                terms.pair(i, i + 1, contrast(scores, i, i + 1), scores.weight(i));
                i++;
            } else {
                terms.single(i, Losses.weightedSum(scores.path(i), scores.weight(i)), 1);
            }
        }
        return terms.evaluation();
    }

    private LossAndGradient contrast(Scores scores, int favorable, int unfavorable) {
        double[] better = scores.path(favorable);
        double[] worse = scores.path(unfavorable);
        if (alignment == Alignment.LOG_RATIO && likelihood == Likelihood.SUM) {
            return Losses.logRatio(better, worse, k);
        }
        // A mean must not count the tokens that both branches begin with.
        int common = common(scores.tree(), favorable, unfavorable);
        double[] betterOwn = Arrays.copyOfRange(better, common, better.length);
        double[] worseOwn = Arrays.copyOfRange(worse, common, worse.length);
        LossAndGradient contrast = alignment == Alignment.LOG_RATIO
                ? Losses.meanLogRatio(betterOwn, worseOwn, k)
                : Losses.logOdds(betterOwn, worseOwn, k);
        return contrast.after(common);
    }

    /** Tokens that two branches begin with; each keeps at least one of its own. */
    private static int common(TokenTree tree, int favorable, int unfavorable) {
        int[] better = tree.leaves().get(favorable).tokens();
        int[] worse = tree.leaves().get(unfavorable).tokens();
        int differ = Arrays.mismatch(better, worse);
        int same = differ < 0 ? better.length : differ;
        return Math.min(same, Math.min(better.length, worse.length) - 1);
    }
}
