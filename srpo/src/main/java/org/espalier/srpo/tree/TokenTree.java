package org.espalier.srpo.tree;

import java.util.List;
import org.espalier.model.decoder.TreeLayout;

/**
 * The paths of one question as token ids. All begin with the prompt; what several of them share after it is the stem; what
 * is a path's own is its leaf. With a reference path and a pair of branches after two and after four tokens of a trunk:
 *
 * <pre>
 *   prompt      stem
 *   p p p p p ┬ t t ┬ t t ┬
 *             │     │     ├ a a a     leaf 3, shared 4
 *             │     │     └ b b       leaf 4, shared 4
 *             │     ├ c c c c         leaf 1, shared 2
 *             │     └ d d d           leaf 2, shared 2
 *             └ r r r r r             leaf 0, shared 0
 *
 *   token axis:  p p p p p | t t t t | r r r r r | c c c c | d d d | a a a | b b
 * </pre>
 *
 * @param stem the beginning of an assistant's turn; what no leaf needs of it is not computed
 * @param leaves one a path
 * @param stemScored whether a path's log-probabilities include its part of the stem (Eq. 7 leaves it out, since it
 *     cancels)
 */
public record TokenTree(int[] prompt, int[] stem, List<Leaf> leaves, boolean stemScored) {
    /**
     * The end of a path.
     *
     * @param shared tokens of the stem that the path has before it
     * @param tokens its own, at least one
     * @param weight what the objective makes of the path (a term's weight, a reward, an advantage); the model never
     *     sees it
     */
    public record Leaf(int shared, int[] tokens, double weight) {
        /** Of weight 1. */
        public Leaf(int shared, int[] tokens) {
            this(shared, tokens, 1);
        }
    }

    public TokenTree {
        leaves = List.copyOf(leaves);
        if (prompt.length == 0 || leaves.isEmpty()) {
            throw new IllegalArgumentException("a tree has a prompt and at least one leaf");
        }
        for (Leaf leaf : leaves) {
            if (leaf.tokens().length == 0 || leaf.shared() < 0 || leaf.shared() > stem.length) {
                throw new IllegalArgumentException("a leaf of " + leaf.tokens().length + " tokens after "
                        + leaf.shared() + " does not fit a stem of " + stem.length);
            }
        }
    }

    /** The stem as far as any leaf needs it. */
    int usedStem() {
        return leaves.stream().mapToInt(Leaf::shared).max().orElse(0);
    }

    /** How the token axis is laid out: prompt and used stem, then the leaves. */
    TreeLayout layout() {
        return new TreeLayout(
                prompt.length + usedStem(),
                leaves.stream()
                        .map(leaf -> new TreeLayout.Segment(prompt.length + leaf.shared(), leaf.tokens().length))
                        .toList());
    }

    /** Each path as a tree of its own: the plain way, which the tree is tested against. */
    public List<TokenTree> alone() {
        return leaves.stream()
                .map(leaf -> new TokenTree(prompt, stem, List.of(leaf), stemScored))
                .toList();
    }

    /** Tokens when every shared one is computed once. */
    public int tokens() {
        return layout().tokens();
    }

    /** Tokens when every path is a sequence of its own. */
    public int pairwiseTokens() {
        return leaves.stream()
                .mapToInt(leaf -> prompt.length + leaf.shared() + leaf.tokens().length)
                .sum();
    }
}
