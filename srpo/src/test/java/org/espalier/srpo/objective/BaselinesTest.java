package org.espalier.srpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.espalier.srpo.objective.Letters.branch;
import static org.espalier.srpo.objective.Letters.question;
import static org.espalier.srpo.objective.Letters.rows;
import static org.espalier.srpo.objective.Letters.tokens;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.core.PathTree;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.objective.Objective.Scores;
import org.espalier.srpo.tree.TokenTree;
import org.junit.jupiter.api.Test;

/** SFT, DPO and ORPO. */
class BaselinesTest {
    private static final PathTree QUESTION = question(
            "q",
            true,
            List.of(
                    branch(1, 0, "tb/xc", true, true),
                    branch(1, 1, "ub", false, true),
                    branch(2, 0, "vc", false, true)));

    private static Optional<TokenTree> select(Objective objective, PathTree question, long seed) {
        return objective.select(question, tokens(question), new SplittableRandom(seed));
    }

    @Test
    void sftTakesTheReferenceOrItsAnswer() {
        assertThat(rows(select(Sft.PAPER, QUESTION, 0).orElseThrow())).containsExactly("Q? ", "0 ra/rb. 1.0");
        assertThat(rows(select(new Sft(Sft.On.ANSWER_ONLY), QUESTION, 0).orElseThrow()))
                .containsExactly("Q? ", "0 rb. 1.0");
    }

    @Test
    void sftIsMinusTheMeanOverTokens() {
        TokenTree tree = select(new Sft(Sft.On.ANSWER_ONLY), QUESTION, 0).orElseThrow();
        Evaluation evaluation = Sft.PAPER.evaluate(SrpoTest.scores(tree, new double[] {-1, -2, -6}));
        assertThat(evaluation.metrics().loss()).isCloseTo(3, within(1e-12));
        assertThat(evaluation.metrics().reference()).isCloseTo(3, within(1e-12));
        assertThat(evaluation.gradients().getFirst()).containsOnly(-1.0 / 3);
    }

    @Test
    void everyPairOfWholePathsIsCorrectAgainstIncorrect() {
        // The trunk and a branch are correct; the stem is the first of them, and every path's own begins where it
        // leaves it.
        TokenTree tree = select(new Dpo(0.1, true), QUESTION, 0).orElseThrow();
        assertThat(rows(tree))
                .containsExactly(
                        "Q? TA/TB/TC.", //
                        "8 . 1.0",
                        "6 XC. 1.0",
                        "3 UB. -1.0",
                        "6 VC. -1.0");
        assertThat(tree.stemScored()).isTrue();
        assertThat(rows(select(new Orpo(0.1, true), QUESTION, 0).orElseThrow())).isEqualTo(rows(tree));
    }

    @Test
    void onePairIsDrawnByTheSeed() {
        List<List<String>> drawn = new java.util.ArrayList<>();
        for (long seed = 0; seed < 40; seed++) {
            drawn.add(rows(select(Dpo.PAPER, QUESTION, seed).orElseThrow()));
            assertThat(rows(select(Dpo.PAPER, QUESTION, seed).orElseThrow())).isEqualTo(drawn.getLast());
        }
        assertThat(drawn)
                .contains(
                        List.of("Q? TA/TB/TC.", "8 . 1.0", "3 UB. -1.0"),
                        List.of("Q? TA/TB/TC.", "8 . 1.0", "6 VC. -1.0"),
                        List.of("Q? TA/TB/XC.", "8 . 1.0", "3 UB. -1.0"),
                        List.of("Q? TA/TB/XC.", "8 . 1.0", "6 VC. -1.0"));
    }

    @Test
    void aQuestionWithoutAnIncorrectPathIsNoUse() {
        PathTree correct = question("q", true, List.of(branch(1, 0, "fb/fc", true, true)));
        assertThat(select(Dpo.PAPER, correct, 0)).isEmpty();
        assertThat(select(Orpo.PAPER, correct, 0)).isEmpty();
        assertThat(Dpo.PAPER.requirement()).isEqualTo("a correct and an incorrect path of the same question");
    }

    @Test
    void dpoMeasuresFromTheBaseModel() {
        TokenTree tree = new TokenTree(
                new int[] {1},
                new int[0],
                List.of(new TokenTree.Leaf(0, new int[] {2, 3}, 1), new TokenTree.Leaf(0, new int[] {4, 5, 6}, -1)),
                true);
        Scores scores = new Scores(
                tree,
                List.of(new double[] {-0.5, -1.5}, new double[] {-1.0, -2.0, -0.6}),
                List.of(new double[] {-1, -1}, new double[] {-1, -1, -0.6}),
                List.of());
        assertThat(Dpo.PAPER.needs()).containsExactly(Objective.Need.BASE);
        Evaluation evaluation = Dpo.PAPER.evaluate(scores);
        // 0.1 * (1.6 - 0.6) = 0.1; -log sigma(0.1) = 0.644397, as in LossesTest.
        assertThat(evaluation.metrics().loss()).isCloseTo(0.644397, within(1e-6));
        double slope = 0.1 * (1 - 1 / (1 + Math.exp(-0.1)));
        assertThat(evaluation.gradients().get(0)).containsExactly(new double[] {-slope, -slope}, within(1e-12));
        assertThat(evaluation.gradients().get(1)).containsExactly(new double[] {slope, slope, slope}, within(1e-12));
    }

    @Test
    void pairsOfAQuestionAreAveraged() {
        TokenTree tree = select(new Orpo(0.1, true), QUESTION, 0).orElseThrow();
        double[] chosen = {-0.5, -1.5};
        double[] rejected = {-1.0, -2.0, -0.6};
        // Whatever the tokens are: both chosen paths have the same scores, and both rejected ones.
        Evaluation evaluation = new Orpo(0.1, true).evaluate(SrpoTest.scores(tree, chosen, chosen, rejected, rejected));
        assertThat(evaluation.metrics().loss()).isCloseTo(1.0554231, within(1e-5));
        assertThat(evaluation.metrics().pairs()).isEqualTo(4);
        double[] alone = Losses.orpo(chosen, rejected, 0.1).gradients().getFirst();
        assertThat(evaluation.gradients().get(1))
                .containsExactly(new double[] {alone[0] / 2, alone[1] / 2}, within(1e-12));
    }
}
