package org.espalier.lab.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.espalier.model.family.PictureInput;
import org.espalier.srpo.tree.TokenTree;

/** A question of random tokens: a reference path and, at each of the trunk's first T-1 steps, two continuations. */
public record SampleQuestion(TokenTree tree, List<PictureInput> pictures) {
    static SampleQuestion of(Size size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomPrompt prompt = RandomPrompt.of(size, random);
        TokenTree tree = tree(prompt.tokens(), size.step(), size.steps(), count -> size.words(count, random));
        return new SampleQuestion(tree, List.of(prompt.picture()));
    }

    /**
     * The tree. A leaf's weight is minus the gradient of each of its tokens: the backward pass is that of any preference
     * loss.
     *
     * @param step tokens of a step
     * @param steps of the reference path
     * @param words draws so many tokens
     */
    public static TokenTree tree(int[] prompt, int step, int steps, IntFunction<int[]> words) {
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        leaves.add(new TokenTree.Leaf(0, words.apply(step * steps)));
        int[] trunk = words.apply(step * (steps - 1));
        for (int shared = 0; shared < steps - 1; shared++) {
            for (double weight : new double[] {1, -0.5}) {
                leaves.add(new TokenTree.Leaf(step * shared, words.apply(step * (steps - shared)), weight));
            }
        }
        // The stem is scored so that whole paths can be compared, as the Python program does.
        return new TokenTree(prompt, trunk, leaves, true);
    }

    /** The gradients of the loss {@code -Σ weight · log p} over some of the leaves. */
    static List<double[]> gradients(List<TokenTree.Leaf> leaves, List<double[]> logprobs) {
        List<double[]> gradients = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            double[] gradient = new double[logprobs.get(i).length];
            Arrays.fill(gradient, -leaves.get(i).weight());
            gradients.add(gradient);
        }
        return gradients;
    }
}
