package org.espalier.srpo.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.model.decoder.TreeLayout;
import org.espalier.srpo.tree.TokenTree.Leaf;
import org.junit.jupiter.api.Test;

class TokenTreeTest {
    private static final int[] PROMPT = {1, 2, 3, 4, 5};
    private static final int[] STEM = {10, 11, 12, 13};

    /** The tree of the class's picture: a reference path, a pair after two tokens of the trunk, a pair after four. */
    static final TokenTree TREE = tree(false);

    static TokenTree tree(boolean stemScored) {
        return new TokenTree(
                PROMPT,
                STEM,
                List.of(
                        new Leaf(0, new int[] {20, 21, 22, 23, 24}),
                        new Leaf(2, new int[] {30, 31, 32, 33}, 0.3),
                        new Leaf(2, new int[] {40, 41, 42}, -0.3),
                        new Leaf(4, new int[] {50, 51, 52}, 0.3),
                        new Leaf(4, new int[] {60, 61}, -0.3)),
                stemScored);
    }

    @Test
    void laysPromptStemAndLeavesOneAfterTheOther() {
        assertThat(TREE.layout())
                .isEqualTo(new TreeLayout(
                        9,
                        List.of(
                                new TreeLayout.Segment(5, 5),
                                new TreeLayout.Segment(7, 4),
                                new TreeLayout.Segment(7, 3),
                                new TreeLayout.Segment(9, 3),
                                new TreeLayout.Segment(9, 2))));
        assertThat(TREE.tokens()).isEqualTo(5 + 4 + 5 + 4 + 3 + 3 + 2);
    }

    @Test
    void countsTheSharedTokensOfEveryPathWhereEachIsAlone() {
        assertThat(TREE.pairwiseTokens()).isEqualTo(10 + 11 + 10 + 12 + 11);
        assertThat(TREE.alone()).extracting(TokenTree::tokens).containsExactly(10, 11, 10, 12, 11);
    }

    @Test
    void keepsALeafsWeightWhereItIsAlone() {
        assertThat(TREE.alone().stream().map(path -> path.leaves().getFirst().weight()))
                .containsExactly(1.0, 0.3, -0.3, 0.3, -0.3);
    }

    @Test
    void leavesOutTheEndOfTheStemThatNoLeafNeeds() {
        TokenTree tree = new TokenTree(PROMPT, STEM, List.of(new Leaf(1, new int[] {70})), false);
        assertThat(tree.layout()).isEqualTo(new TreeLayout(6, List.of(new TreeLayout.Segment(6, 1))));
    }

    @Test
    void refusesWhatIsNoTree() {
        assertThatThrownBy(() -> new TokenTree(PROMPT, STEM, List.of(), false))
                .hasMessage("a tree has a prompt and at least one leaf");
        assertThatThrownBy(() -> new TokenTree(new int[0], STEM, TREE.leaves(), false))
                .hasMessage("a tree has a prompt and at least one leaf");
        assertThatThrownBy(() -> new TokenTree(PROMPT, STEM, List.of(new Leaf(5, new int[] {1})), false))
                .hasMessage("a leaf of 1 tokens after 5 does not fit a stem of 4");
        assertThatThrownBy(() -> new TokenTree(PROMPT, STEM, List.of(new Leaf(2, new int[0])), false))
                .hasMessage("a leaf of 0 tokens after 2 does not fit a stem of 4");
    }
}
