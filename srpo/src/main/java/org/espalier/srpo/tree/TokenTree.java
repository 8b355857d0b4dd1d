package org.espalier.srpo.tree;

import java.util.List;
import org.espalier.model.decoder.TreeLayout;

/**
 * The paths of one question as token ids. All begin with the prompt; what several of them share after it is the stem.
 *
 * @param stem the beginning of an assistant's turn
 * @param leaves what follows the stem's first {@code shared} tokens, one a path
 * @param stemScored whether a path's log-probabilities include its part of the stem (Eq. 7 leaves it out, since it
 *     cancels)
 */
public record TokenTree(int[] prompt, int[] stem, List<Leaf> leaves, boolean stemScored) {
    /** The end of a path: what is its own. At least one token. */
    public record Leaf(int shared, int[] tokens) {}

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

    /** The tree of some of its leaves. */
    public TokenTree only(List<Integer> numbers) {
        return new TokenTree(prompt, stem, numbers.stream().map(leaves::get).toList(), stemScored);
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
