package org.espalier.srpo.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.core.PathTree;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/** What DPO and ORPO compare: complete correct paths, of weight 1, and after them complete incorrect ones, of weight -1. */
sealed interface WholePaths extends Objective permits Dpo, Orpo {
    String ALL_PAIRS = "Train DPO and ORPO on every pair of paths, not on one a question.";

    /** Whether every chosen path is compared with every rejected one; else one drawn of each kind. */
    boolean allPairs();

    /** The term of one chosen and one rejected leaf. */
    LossAndGradient contrast(Scores scores, int chosen, int rejected);

    @Override
    default String requirement() {
        return "a correct and an incorrect path of the same question";
    }

    /** Whole paths are scored, what they share with the first included. */
    @Override
    default Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
        List<PathTree.WholePath> correct = paths(question, true);
        List<PathTree.WholePath> incorrect = paths(question, false);
        if (correct.isEmpty() || incorrect.isEmpty()) {
            return Optional.empty();
        }
        if (!allPairs()) {
            correct = List.of(correct.get(random.nextInt(correct.size())));
            incorrect = List.of(incorrect.get(random.nextInt(incorrect.size())));
        }
        int[] stem = tokens.whole(correct.getFirst());
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        correct.forEach(path -> leaves.add(PathTokens.leaf(tokens.whole(path), stem, 1)));
        incorrect.forEach(path -> leaves.add(PathTokens.leaf(tokens.whole(path), stem, -1)));
        return Optional.of(new TokenTree(tokens.prompt(), stem, leaves, true));
    }

    private static List<PathTree.WholePath> paths(PathTree question, boolean correct) {
        return question.paths().stream()
                .filter(path ->
                        correct ? path.verdict().correct() : path.verdict().incorrect())
                .filter(path -> !path.text().isBlank())
                .toList();
    }

    /** The mean of the term over every chosen with every rejected path. */
    @Override
    default Evaluation evaluate(Scores scores) {
        List<Integer> chosen = leaves(scores, 1);
        List<Integer> rejected = leaves(scores, -1);
        double weight = 1.0 / ((double) chosen.size() * rejected.size());
        Terms terms = scores.terms();
        for (int better : chosen) {
            for (int worse : rejected) {
                terms.pair(better, worse, contrast(scores, better, worse), weight);
            }
        }
        return terms.evaluation();
    }

    private static List<Integer> leaves(Scores scores, double weight) {
        return IntStream.range(0, scores.paths().size())
                .filter(leaf -> scores.weight(leaf) == weight)
                .boxed()
                .toList();
    }
}
