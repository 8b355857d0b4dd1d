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
import org.espalier.core.Branch;
import org.espalier.core.PathTree;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.objective.TreeAdvantage.Scale;
import org.espalier.srpo.tree.TokenTree;
import org.junit.jupiter.api.Test;

class TreeAdvantageTest {
    /** One of four is right after one step; after two steps all are. */
    private static final List<Branch> BRANCHES = List.of(
            branch(1, 0, "fb", true, true),
            branch(1, 1, "ub", false, true),
            branch(1, 2, "vb", false, true),
            branch(1, 3, "wb", false, true),
            branch(2, 0, "hc", true, true),
            branch(2, 1, "ic", true, true));

    private static Optional<TokenTree> select(TreeAdvantage objective, List<Branch> branches) {
        PathTree question = question("q", true, branches);
        return objective.select(question, tokens(question), new SplittableRandom(0));
    }

    @Test
    void aBranchIsWorthHowMuchBetterItEndedThanTheOthersOfItsPlace() {
        // The mean of 1, 0, 0, 0 is a quarter; a place has a weight of one, whatever it drew.
        assertThat(rows(select(new TreeAdvantage(0, Scale.NONE, ReferencePath.DATASET), BRANCHES)
                        .orElseThrow()))
                .containsExactly("Q? TA/TB/TC.", "3 FB. 0.1875", "3 UB. -0.0625", "3 VB. -0.0625", "3 WB. -0.0625");
    }

    @Test
    void dividesByTheDeviationOfItsPlaceWhereItIsTold() {
        TokenTree tree = select(new TreeAdvantage(0, Scale.DEVIATION, ReferencePath.DATASET), BRANCHES)
                .orElseThrow();
        double deviation = Math.sqrt(0.1875);
        assertThat(tree.leaves().getFirst().weight()).isCloseTo(0.75 / 4 / deviation, within(1e-12));
        assertThat(tree.leaves().getLast().weight()).isCloseTo(-0.25 / 4 / deviation, within(1e-12));
    }

    @Test
    void aPlaceWhereAllEndAlikeTeachesNothing() {
        List<Branch> alike = BRANCHES.subList(4, 6);
        assertThat(select(new TreeAdvantage(0, Scale.NONE, ReferencePath.DATASET), alike))
                .isEmpty();
        assertThat(rows(select(TreeAdvantage.OURS, alike).orElseThrow()))
                .as("but the reference path does")
                .containsExactly("Q? TA/TB/TC.", "0 ra/rb. 0.5");
    }

    @Test
    void takesTheTrunkInPlaceOfAReferencePath() {
        TreeAdvantage own = new TreeAdvantage(0.5, Scale.NONE, ReferencePath.TRUNK);
        assertThat(rows(select(own, BRANCHES.subList(4, 6)).orElseThrow()))
                .containsExactly("Q? TA/TB/TC.", "0 TA/TB/TC. " + 1.0 / 3);
        assertThat(own.requirement()).isEqualTo("a correct path that the model wrote");
        assertThat(rows(select(own, BRANCHES).orElseThrow())).hasSize(6);
    }

    @Test
    void theTrunksOwnContinuationWasNotDrawnAtThePlaceAndDoesNotCount() {
        List<Branch> withTrunk = List.of(branch(1, Branch.TRUNK, "tb", true, true), branch(1, 0, "ub", false, true));
        assertThat(select(new TreeAdvantage(0, Scale.NONE, ReferencePath.DATASET), withTrunk))
                .isEmpty();
    }

    @Test
    void theLossIsMinusTheAdvantagesTimesTheLogProbabilitiesAndTheReferencePaths() {
        TreeAdvantage objective = new TreeAdvantage(0.2, Scale.NONE, ReferencePath.DATASET);
        TokenTree tree = select(objective, BRANCHES).orElseThrow();
        Evaluation evaluation = objective.evaluate(SrpoTest.scores(
                tree,
                new double[] {-1, -1, -1, -1, -1, -1},
                new double[] {-1, -2, -1},
                new double[] {-2, -2, -2},
                new double[] {-1, -1, -1},
                new double[] {-1, -1, -1}));
        // 0.2 * 6 / 2 steps; 0.1875 * 4 - 0.0625 * (6 + 3 + 3)
        assertThat(evaluation.metrics().loss()).isCloseTo(0.6 + 0.75 - 0.75, within(1e-12));
        assertThat(evaluation.metrics().reference()).as("J_ref alone").isCloseTo(3, within(1e-12));
        assertThat(evaluation.metrics().own()).containsEntry("branches", 4.0);
        assertThat(evaluation.gradients().get(0)).containsOnly(-0.1);
        assertThat(evaluation.gradients().get(1)).containsOnly(-0.1875);
        assertThat(evaluation.gradients().get(4)).containsOnly(0.0625);
    }
}
