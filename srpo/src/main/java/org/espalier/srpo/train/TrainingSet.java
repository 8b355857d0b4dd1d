package org.espalier.srpo.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.core.ContrastivePair;
import org.espalier.core.PathTree;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Turn;
import org.espalier.core.file.TreeFile;
import org.espalier.model.ModelFolder;
import org.espalier.model.chat.PromptTokens;
import org.espalier.srpo.objective.Loss;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Slope;
import org.espalier.srpo.objective.Term;
import org.espalier.srpo.tree.TokenTree;

/** Makes of explored trees what each method trains on. Questions that a method cannot use are left out and counted. */
public final class TrainingSet {
    private final ModelFolder model;
    private final TrainSettings settings;
    private final long seed;

    /** @param model of whose tokens the paths are made; its weights are not needed */
    public TrainingSet(ModelFolder model, TrainSettings settings, long seed) {
        this.model = model;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * The questions of the method, in the order of the trees.
     *
     * @param dataFile the data file whose folder the trees' pictures lie below
     */
    List<TrainingQuestion> of(List<PathTree> trees, Path dataFile) {
        List<TrainingQuestion> questions = new ArrayList<>();
        for (PathTree tree : trees) {
            PromptTokens prompt = model.prompt(List.of(Turn.user(TreeFile.question(tree, dataFile))));
            Optional<TrainingQuestion> question = switch (settings.method()) {
                case SFT -> Optional.of(supervised(tree, prompt));
                case SRPO -> Optional.of(tree(tree, prompt));
                case DPO, ORPO -> whole(tree, prompt);
            };
            question.ifPresent(questions::add);
        }
        return questions;
    }

    /**
     * How much there is to train on, found without a model.
     *
     * @param questions that the method can use
     * @param paths of a question, on average
     * @param tokens of a question, on average, shared ones counted once
     * @param most tokens of the largest question
     */
    public record Extent(int questions, double paths, double tokens, int most) {}

    /** How much training on these trees is. */
    public Extent extent(List<PathTree> trees, Path dataFile) {
        List<TokenTree> used =
                of(trees, dataFile).stream().map(TrainingQuestion::tree).toList();
        return new Extent(
                used.size(),
                used.stream().mapToInt(tree -> tree.leaves().size()).average().orElse(0),
                used.stream().mapToInt(TokenTree::tokens).average().orElse(0),
                used.stream().mapToInt(TokenTree::tokens).max().orElse(0));
    }

    private TrainingQuestion supervised(PathTree tree, PromptTokens prompt) {
        String text = settings.sftOn() == TrainSettings.SftOn.REFERENCE
                ? new ReasoningPath(tree.reference()).text()
                : tree.reference().getLast();
        TokenTree tokens = new TokenTree(
                prompt.ids(),
                new int[0],
                List.of(new TokenTree.Leaf(0, model.chat().finished(text))),
                false);
        Term term = new Term(Term.Kind.REFERENCE, List.of(0), Losses.tokenMean(), 1);
        return new TrainingQuestion(tree.id(), prompt.images(), tokens, base -> List.of(term));
    }

    /** Eq. 9: the reference path, and at each step of the trunk a favorable branch against an unfavorable one. */
    private TrainingQuestion tree(PathTree tree, PromptTokens prompt) {
        PathTokens path = new PathTokens(model, tree);
        int[] stem = tree.trunk().map(path::stem).orElse(new int[0]);
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        leaves.add(new TokenTree.Leaf(0, model.chat().finished(new ReasoningPath(tree.reference()).text())));
        List<Term> terms = new ArrayList<>();
        terms.add(new Term(
                Term.Kind.REFERENCE, List.of(0), reference(tree.reference().size()), 1));
        int perStep = settings.pairsPerStep() == 0 ? Integer.MAX_VALUE : settings.pairsPerStep();
        List<ContrastivePair> pairs = tree.pairs(perStep);
        double weight = settings.overPairs() == TrainSettings.Reduction.MEAN && !pairs.isEmpty()
                ? settings.lambda() / pairs.size()
                : settings.lambda();
        for (ContrastivePair pair : pairs) {
            TokenTree.Leaf favorable = path.leaf(tree, pair.favorable(), stem);
            TokenTree.Leaf unfavorable = path.leaf(tree, pair.unfavorable(), stem);
            int number = leaves.size();
            leaves.add(favorable);
            leaves.add(unfavorable);
            terms.add(new Term(
                    Term.Kind.ALIGNMENT, List.of(number, number + 1), alignment(favorable, unfavorable), weight));
        }
        TokenTree tokens = new TokenTree(prompt.ids(), stem, leaves, false);
        return new TrainingQuestion(tree.id(), prompt.images(), tokens, base -> List.copyOf(terms));
    }

    private Loss reference(int steps) {
        return switch (settings.reference()) {
            case STEP_MEAN -> Losses.stepMean(steps);
            case TOKEN_MEAN -> Losses.tokenMean();
            case SUM -> Losses.tokenSum();
        };
    }

    private Loss alignment(TokenTree.Leaf favorable, TokenTree.Leaf unfavorable) {
        if (settings.alignment() == TrainSettings.Alignment.LOG_RATIO
                && settings.likelihood() == TrainSettings.Likelihood.SUM) {
            return Losses.logRatio(settings.k());
        }
        Loss loss = settings.alignment() == TrainSettings.Alignment.LOG_RATIO
                ? Losses.meanLogRatio(settings.k())
                : Losses.logOdds(settings.k());
        // A mean must not count the tokens that both branches begin with.
        int common = PathTokens.leaf(favorable.tokens(), unfavorable.tokens()).shared();
        return behind(Math.min(common, unfavorable.tokens().length - 1), loss);
    }

    private static Loss behind(int common, Loss loss) {
        return logprobs -> {
            Slope slope = loss.of(logprobs.stream()
                    .map(path -> Arrays.copyOfRange(path, common, path.length))
                    .toList());
            return new Slope(
                    slope.loss(),
                    slope.gradients().stream()
                            .map(gradient -> {
                                double[] padded = new double[common + gradient.length];
                                System.arraycopy(gradient, 0, padded, common, gradient.length);
                                return padded;
                            })
                            .toList());
        };
    }

    /** DPO and ORPO: complete correct paths against complete incorrect ones. */
    private Optional<TrainingQuestion> whole(PathTree tree, PromptTokens prompt) {
        List<PathTree.WholePath> correct = paths(tree, true);
        List<PathTree.WholePath> incorrect = paths(tree, false);
        if (correct.isEmpty() || incorrect.isEmpty()) {
            return Optional.empty();
        }
        if (!settings.allPairs()) {
            SplittableRandom random =
                    new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L * tree.id().hashCode());
            correct = List.of(correct.get(random.nextInt(correct.size())));
            incorrect = List.of(incorrect.get(random.nextInt(incorrect.size())));
        }
        PathTokens path = new PathTokens(model, tree);
        int[] stem = path.of(correct.getFirst());
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        correct.forEach(one -> leaves.add(PathTokens.leaf(path.of(one), stem)));
        incorrect.forEach(one -> leaves.add(PathTokens.leaf(path.of(one), stem)));
        int chosen = correct.size();
        int rejected = incorrect.size();
        TokenTree tokens = new TokenTree(prompt.ids(), stem, leaves, true);
        return Optional.of(new TrainingQuestion(tree.id(), prompt.images(), tokens, base -> {
            List<double[]> reference = settings.method() == TrainSettings.Method.DPO ? base.get() : List.of();
            List<Term> terms = new ArrayList<>();
            for (int c = 0; c < chosen; c++) {
                for (int r = chosen; r < chosen + rejected; r++) {
                    Loss loss = settings.method() == TrainSettings.Method.DPO
                            ? Losses.dpo(
                                    settings.dpoBeta(), Losses.sum(reference.get(c)) - Losses.sum(reference.get(r)))
                            : Losses.orpo(settings.orpoWeight());
                    terms.add(new Term(Term.Kind.ALIGNMENT, List.of(c, r), loss, 1.0 / ((double) chosen * rejected)));
                }
            }
            return terms;
        }));
    }

    private static List<PathTree.WholePath> paths(PathTree tree, boolean correct) {
        return tree.paths().stream()
                .filter(path -> path.correct() == correct && !path.text().isBlank())
                .toList();
    }
}
