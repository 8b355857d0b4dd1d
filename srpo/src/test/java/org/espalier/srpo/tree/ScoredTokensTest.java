package org.espalier.srpo.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On the tree of {@link TokenTree}'s picture: prompt 0-4, stem 5-8, leaves from 9, 14, 18, 21 and 24. */
class ScoredTokensTest {
    @Test
    void everyTokenIsPredictedByTheOneBeforeItOnItsPath() {
        ScoredTokens scored = ScoredTokens.of(List.of(TokenTreeTest.tree(false)));
        // The last token of the prompt, and the second and fourth of the stem, predict first tokens of leaves.
        assertThat(scored.predicting())
                .containsExactly(
                        4, 9, 10, 11, 12, //
                        6, 14, 15, 16, //
                        6, 18, 19, //
                        8, 21, 22, //
                        8, 24);
        assertThat(scored.targets())
                .containsExactly(
                        20, 21, 22, 23, 24, //
                        30, 31, 32, 33, //
                        40, 41, 42, //
                        50, 51, 52, //
                        60, 61);
        assertThat(scored.leaves()).isEqualTo(5);
    }

    @Test
    void aScoredStemStandsBeforeTheLeaves() {
        ScoredTokens scored = ScoredTokens.of(List.of(TokenTreeTest.tree(true)));
        assertThat(scored.predicting())
                .containsExactly(
                        4, 5, 6, 7, //
                        4, 9, 10, 11, 12, //
                        6, 14, 15, 16, //
                        6, 18, 19, //
                        8, 21, 22, //
                        8, 24);
        assertThat(scored.targets())
                .containsExactly(
                        10, 11, 12, 13, //
                        20, 21, 22, 23, 24, //
                        30, 31, 32, 33, //
                        40, 41, 42, //
                        50, 51, 52, //
                        60, 61);
    }

    @Test
    void aPathHasItsPartOfAScoredStemAndItsLeaf() {
        ScoredTokens scored = ScoredTokens.of(List.of(TokenTreeTest.tree(true)));
        assertThat(scored.paths(counting(21)))
                .containsExactly(
                        new double[] {4, 5, 6, 7, 8},
                        new double[] {0, 1, 9, 10, 11, 12},
                        new double[] {0, 1, 13, 14, 15},
                        new double[] {0, 1, 2, 3, 16, 17, 18},
                        new double[] {0, 1, 2, 3, 19, 20});
    }

    @Test
    void aPathIsItsLeafWhereTheStemIsNotScored() {
        ScoredTokens scored = ScoredTokens.of(List.of(TokenTreeTest.tree(false)));
        assertThat(scored.paths(counting(17)))
                .containsExactly(
                        new double[] {0, 1, 2, 3, 4},
                        new double[] {5, 6, 7, 8},
                        new double[] {9, 10, 11},
                        new double[] {12, 13, 14},
                        new double[] {15, 16});
    }

    @Test
    void gradientsAddUpWherePathsShareAToken() {
        ScoredTokens scored = ScoredTokens.of(List.of(TokenTreeTest.tree(true)));
        List<double[]> gradients = List.of(
                new double[] {1, 2, 3, 4, 5},
                new double[] {10, 20, 6, 7, 8, 9},
                new double[] {100, 200, 10, 11, 12},
                new double[] {1000, 2000, 3000, 4000, 13, 14, 15},
                new double[] {10000, 20000, 30000, 40000, 16, 17});
        assertThat(scored.gather(gradients))
                .containsExactly(
                        11110, 22220, 33000, 44000, //
                        1, 2, 3, 4, 5, //
                        6, 7, 8, 9, //
                        10, 11, 12, //
                        13, 14, 15, //
                        16, 17);
    }

    @Test
    void treesLieOneAfterTheOther() {
        List<TokenTree> alone = TokenTreeTest.tree(true).alone();
        ScoredTokens scored = ScoredTokens.of(List.of(alone.get(2), alone.get(4)));
        // 5 + 2 + 3 tokens, then 5 + 4 + 2.
        assertThat(scored.predicting())
                .containsExactly(
                        4, 5, //
                        6, 7, 8, //
                        14, 15, 16, 17, //
                        18, 19);
        assertThat(scored.targets())
                .containsExactly(
                        10, 11, //
                        40, 41, 42, //
                        10, 11, 12, 13, //
                        60, 61);
        assertThat(scored.paths(counting(11)))
                .containsExactly(new double[] {0, 1, 2, 3, 4}, new double[] {5, 6, 7, 8, 9, 10});
        assertThat(scored.gather(List.of(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10, 11})))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    private static double[] counting(int count) {
        return IntStream.range(0, count).asDoubleStream().toArray();
    }
}
