package org.espalier.srpo.perf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.model.family.PictureInput;
import org.espalier.model.perf.RandomPrompt;
import org.espalier.model.perf.Size;
import org.espalier.srpo.objective.Loss;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Slope;
import org.espalier.srpo.objective.Term;
import org.espalier.srpo.tree.QuestionObjective;
import org.espalier.srpo.tree.TokenTree;

/** A question of random tokens: a reference path and, at each of the trunk's first T-1 steps, two continuations. */
record SampleQuestion(QuestionObjective objective, List<PictureInput> pictures) {
    static SampleQuestion of(Size size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomPrompt prompt = RandomPrompt.of(size, random);
        TokenTree tree = tree(size, prompt.tokens(), random);
        List<Term> terms = new ArrayList<>();
        terms.add(new Term(Term.Kind.REFERENCE, List.of(0), Losses.tokenSum(), 1));
        for (int i = 1; i < tree.leaves().size(); i += 2) {
            terms.add(new Term(Term.Kind.ALIGNMENT, List.of(i, i + 1), linear(), 1));
        }
        return new SampleQuestion(new QuestionObjective(tree, terms), List.of(prompt.picture()));
    }

    private static TokenTree tree(Size size, int[] prompt, SplittableRandom random) {
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        leaves.add(new TokenTree.Leaf(0, size.words(size.step() * size.steps(), random)));
        int[] trunk = size.words(size.step() * (size.steps() - 1), random);
        for (int shared = 0; shared < size.steps() - 1; shared++) {
            for (int side = 0; side < 2; side++) {
                int[] own = size.words(size.step() * (size.steps() - shared), random);
                leaves.add(new TokenTree.Leaf(size.step() * shared, own));
            }
        }
        // The stem is scored so that whole paths can be compared, as the Python program does.
        return new TokenTree(prompt, trunk, leaves, true);
    }

    /** A fixed weight on each path: the way back is that of any preference loss, and the same in both modes. */
    private static Loss linear() {
        return logprobs -> {
            double[] favorable = new double[logprobs.get(0).length];
            double[] unfavorable = new double[logprobs.get(1).length];
            Arrays.fill(favorable, -1);
            Arrays.fill(unfavorable, 0.5);
            return new Slope(
                    -Losses.sum(logprobs.get(0)) + 0.5 * Losses.sum(logprobs.get(1)), List.of(favorable, unfavorable));
        };
    }
}
