package org.espalier.srpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.espalier.srpo.objective.Letters.branch;
import static org.espalier.srpo.objective.Letters.question;
import static org.espalier.srpo.objective.Letters.rows;
import static org.espalier.srpo.objective.Letters.tokens;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.espalier.core.Branch;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.settings.Settings;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.objective.Objective.Scores;
import org.espalier.srpo.tree.TokenTree;
import org.junit.jupiter.api.Test;

class SrpoTest {
    /** After one step two favorable and one unfavorable branch, after two steps one of each. */
    private static List<Branch> branches(boolean drawn) {
        return List.of(
                branch(1, 0, "fb/fc", true, drawn),
                branch(1, 1, "ub/uc", false, drawn),
                branch(1, 2, "gb/gc", true, drawn),
                branch(2, 0, "hc", true, drawn),
                branch(2, 1, "vc", false, drawn));
    }

    private static Srpo with(Object... settings) {
        Map<String, Object> changed = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            changed.put((String) settings[i], settings[i + 1]);
        }
        return Settings.with(Srpo.PAPER, changed);
    }

    private static TokenTree select(Srpo srpo, PathTree question) {
        return srpo.select(question, tokens(question), new SplittableRandom(0)).orElseThrow();
    }

    @Test
    void looksAtTheReferenceAndAtOnePairAStep() {
        assertThat(rows(select(Srpo.PAPER, question("q", true, branches(true)))))
                .containsExactly(
                        "Q? TA/TB/TC.", "0 ra/rb. 0.5", "3 FB/FC. 0.3", "3 UB/UC. -0.3", "6 HC. 0.3", "6 VC. -0.3");
    }

    @Test
    void encodesAnewWhatAnotherTokenizerDrew() {
        List<Branch> branches = List.of(branch(2, 0, "tx", true, false), branch(2, 1, "vc", false, false));
        // The favorable branch begins as the trunk does, so that it shares a token more.
        assertThat(rows(select(Srpo.PAPER, question("q", false, branches))))
                .containsExactly("Q? ta/tb/tc", "0 ra/rb. 0.5", "7 x. 0.3", "6 vc. -0.3");
    }

    @Test
    void takesEveryPairWhereItMay() {
        Srpo all = with(
                "lambda", 0.6, "reference", Srpo.Reference.SUM, "over-pairs", Srpo.Reduction.MEAN, "pairs-per-step", 0);
        assertThat(rows(select(all, question("q", true, branches(true)))))
                .containsExactly(
                        "Q? TA/TB/TC.",
                        "0 ra/rb. 1.0",
                        "3 FB/FC. 0.19999999999999998",
                        "3 UB/UC. -0.19999999999999998",
                        "3 GB/GC. 0.19999999999999998",
                        "3 UB/UC. -0.19999999999999998",
                        "6 HC. 0.19999999999999998",
                        "6 VC. -0.19999999999999998");
    }

    @Test
    void takesThePairsFromAStepOn() {
        Function<Integer, Srpo> from = step -> with("reference", Srpo.Reference.SUM, "pairs-from-step", step);
        for (int step : List.of(3, -1)) {
            assertThat(rows(select(from.apply(step), question("q", true, branches(true)))))
                    .containsExactly("Q? TA/TB/TC.", "0 ra/rb. 1.0", "6 HC. 0.3", "6 VC. -0.3");
        }
        for (int step : List.of(1, 2, -2, -9)) {
            assertThat(rows(select(from.apply(step), question("q", true, branches(true)))))
                    .hasSize(6);
        }
        assertThat(rows(select(from.apply(4), question("q", true, branches(true)))))
                .hasSize(2);
        assertThatThrownBy(() -> from.apply(0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'pairs-from-step' is a step's number from 1");
    }

    @Test
    void imitatesTheTrunkWhereNoReferenceIsNeeded() {
        Srpo own = with("pairs-from-step", 3, "reference-path", ReferencePath.TRUNK);
        assertThat(rows(select(own, question("q", true, branches(true)))))
                .containsExactly("Q? TA/TB/TC.", "0 TA/TB/TC. " + 1.0 / 3, "6 HC. 0.3", "6 VC. -0.3");
        // Drawn by another tokenizer, the text alone is known; the end of the answer belongs to it.
        assertThat(rows(select(own, question("q", false, List.of()))))
                .containsExactly("Q? ta/tb/tc", "0 ta/tb/tc. " + 1.0 / 3);
    }

    @Test
    void withoutAWeightNoPairIsScored() {
        assertThat(rows(select(with("lambda", 0.0), question("q", true, branches(true)))))
                .containsExactly("Q? TA/TB/TC.", "0 ra/rb. 0.5");
    }

    @Test
    void comparesToTheEndOfTheFirstStepThatDiffers() {
        for (boolean drawn : List.of(true, false)) {
            List<Branch> branches = List.of(
                    branch(0, 0, "sa/fb/fc", true, drawn),
                    branch(0, 1, "sa/ub/uc", false, drawn),
                    branch(2, 0, "hc", true, drawn),
                    branch(2, 1, "vc/vd", false, drawn));
            List<String> rows = rows(select(with("compared", Srpo.Compared.STEP), question("q", drawn, branches)));
            // The favorable branch has no second step: it is taken with its end.
            assertThat(rows.stream().map(row -> drawn ? row : row.toUpperCase(Locale.ROOT)))
                    .endsWith("0 SA/FB 0.3", "0 SA/UB -0.3", "6 HC. 0.3", "6 VC -0.3");
        }
    }

    @Test
    void aStepThatIsNotFoundInItsTextLeavesTheBranchWhole() {
        Branch other = branch(1, 1, "ub/uc", false, true);
        Branch renamed =
                new Branch(1, other.cut(), 1, other.continuation(), List.of("something else", "uc"), other.verdict());
        assertThat(rows(select(
                        with("compared", Srpo.Compared.STEP),
                        question("q", true, List.of(branch(1, 0, "fb/fc", true, true), renamed)))))
                .endsWith("3 FB 0.3", "3 UB/UC. -0.3");
    }

    @Test
    void pairsWeighWhatTheirStepMakesTheModelFail() {
        // Correct are 1 of 4 after one step, 3 of 4 after two: the step between them costs 0.5, the last one 0.25.
        List<Branch> branches = List.of(
                branch(1, 0, "fb/fc", true, true),
                branch(1, 1, "ub/uc", false, true),
                branch(1, 2, "vb/vc", false, true),
                branch(1, 3, "wb/wc", false, true),
                branch(2, Branch.TRUNK, "tc", true, true),
                branch(2, 0, "gc", true, true),
                branch(2, 1, "hc", true, true),
                branch(2, 2, "ic", true, true),
                branch(2, 3, "xc", false, true));
        Srpo falls = with("lambda", 0.75, "pair-weights", Srpo.PairWeights.FALL);
        assertThat(rows(select(falls, question("q", true, branches))))
                .endsWith("3 FB/FC. 1.0", "3 UB/UC. -1.0", "6 TC. 0.5", "6 XC. -0.5");
        // Where success does not fall a pair is left out: it costs nothing to leave that step to the model.
        List<Branch> level = List.of(
                branch(1, 0, "fb/fc", true, true),
                branch(1, 1, "ub/uc", false, true),
                branch(2, 0, "hc", true, true),
                branch(2, 1, "vc", false, true));
        assertThat(rows(select(falls, question("q", true, level)))).hasSize(4).endsWith("6 HC. 1.5", "6 VC. -1.5");
        // Nothing falls: one as much as another.
        List<Branch> none = List.of(branch(1, Branch.TRUNK, "tb/tc", true, true), branch(1, 1, "ub/uc", false, true));
        assertThat(StepFalls.of(question("q", true, List.of()))
                        .shares(question("q", true, none).pairs()))
                .containsExactly(1.0);
    }

    @Test
    void imitatesSeveralCorrectPaths() {
        List<Branch> branches = List.of(
                branch(1, 0, "fb/fc", true, true), branch(1, 1, "ub/uc", false, true), branch(2, 0, "tc", true, true));
        Srpo several = with("lambda", 0.0, "reference-path", ReferencePath.TRUNK, "reference-paths", 3);
        // The branch that ends as the trunk does is no path of its own.
        assertThat(rows(select(several, question("q", true, branches))))
                .containsExactly("Q? TA/TB/TC.", "0 TA/TB/TC. " + 1.0 / 6, "0 TA/FB/FC. " + 1.0 / 6);
        assertThat(rows(select(with("lambda", 0.0, "reference-paths", 2), question("q", true, branches))))
                .containsExactly("Q? TA/TB/TC.", "0 ra/rb. 0.25", "0 TA/TB/TC. " + 1.0 / 6);

        TokenTree tree = select(with("reference-paths", 2), question("q", true, branches));
        Evaluation evaluation = with("reference-paths", 2)
                .evaluate(scores(
                        tree,
                        new double[] {-1, -1, -1, -1, -1, -1},
                        new double[] {-1, -1, -1, -1, -1, -1, -1, -1, -1},
                        new double[] {-1, -1, -1, -1, -1, -1},
                        new double[] {-1, -1, -1, -1, -1, -1}));
        assertThat(evaluation.metrics().reference()).isCloseTo(6 * 0.25 + 9.0 / 6, within(1e-12));
        assertThat(evaluation.metrics().pairs()).isEqualTo(1);
    }

    @Test
    void trainsTheReferenceAloneWithoutAPair() {
        PathTree none = question("q", true, List.of(branch(1, 0, "fb/fc", true, true)));
        assertThat(rows(select(Srpo.RPO, none))).containsExactly("Q? TA/TB/TC.", "0 ra/rb. " + 1.0 / 6);
    }

    @Test
    void isJRefAndLambdaTimesJAlign() {
        TokenTree tree = select(
                with("k", 2.0),
                question("q", true, List.of(branch(2, 0, "h", true, true), branch(2, 1, "vc", false, true))));
        assertThat(rows(tree)).containsExactly("Q? TA/TB/TC.", "0 ra/rb. 0.5", "6 H. 0.3", "6 VC. -0.3");

        // J_ref: two steps of -2 and -3.6, minus their mean. J_align: sums -2 and -3.6, -2 log sigma(1.6) = 0.367801.
        Evaluation evaluation = with("k", 2.0)
                .evaluate(scores(
                        tree,
                        new double[] {-0.5, -0.5, -1.0, -2.0, -0.6, -1.0},
                        new double[] {-0.5, -1.5},
                        new double[] {-1.0, -2.0, -0.6}));

        assertThat(evaluation.metrics().reference()).isCloseTo(2.8, within(1e-12));
        assertThat(evaluation.metrics().alignment()).isCloseTo(0.367801, within(1e-6));
        assertThat(evaluation.metrics().loss()).isCloseTo(2.8 + 0.3 * 0.367801, within(1e-6));
        double slope = 0.3 * 2 * (1 - 1 / (1 + Math.exp(-1.6)));
        assertThat(evaluation.gradients().get(0)).containsOnly(-0.5);
        assertThat(evaluation.gradients().get(1)).containsExactly(new double[] {-slope, -slope}, within(1e-12));
        assertThat(evaluation.gradients().get(2)).containsExactly(new double[] {slope, slope, slope}, within(1e-12));
        assertThat(evaluation.metrics().pairs()).isEqualTo(1);
        assertThat(evaluation.metrics().ordered()).isEqualTo(1);
        assertThat(evaluation.metrics().margin()).isCloseTo(1.6, within(1e-12));
        assertThat(evaluation.metrics().chosen()).isEqualTo(-2);
        assertThat(evaluation.metrics().rejected()).isCloseTo(-3.6, within(1e-12));
    }

    @Test
    void aMeanLeavesOutWhatBothBranchesBeginWith() {
        PathTree question =
                question("q", true, List.of(branch(2, 0, "xya", true, true), branch(2, 1, "xyb", false, true)));
        TokenTree tree = select(Srpo.RPO, question);
        assertThat(rows(tree)).containsExactly("Q? TA/TB/TC.", "0 ra/rb. " + 1.0 / 6, "6 XYA. 0.3", "6 XYB. -0.3");

        Evaluation evaluation = Srpo.RPO.evaluate(
                scores(tree, new double[] {-1, -1, -1, -1, -1, -1}, new double[] {-9, -9, -0.5, -1.5}, new double[] {
                    -9, -9, -1.0, -1.4
                }));

        // Means -1 and -1.2 of what differs, as in LossesTest.
        assertThat(evaluation.metrics().alignment()).isCloseTo(0.554231, within(1e-5));
        assertThat(evaluation.gradients().get(1)).startsWith(0, 0);
        assertThat(evaluation.gradients().get(1)[2]).isNegative();
        assertThat(evaluation.gradients().get(2)).startsWith(0, 0);
        assertThat(evaluation.gradients().get(2)[2]).isPositive();
    }

    @Test
    void refusesNumbersOutOfTheirRange() {
        assertThatThrownBy(() -> Settings.with(Srpo.PAPER, "lambda", -0.1))
                .isInstanceOf(InputException.class)
                .hasMessage("'lambda' is at least 0, not -0.1.");
        assertThatThrownBy(() -> Settings.with(Srpo.PAPER, "lambda", Double.NaN))
                .hasMessageContaining("not NaN");
        assertThatThrownBy(() -> new Dpo(0, false)).hasMessage("'beta' is more than 0, not 0.0.");
        assertThatThrownBy(() -> new Orpo(-1, false)).hasMessage("'weight' is at least 0, not -1.0.");
    }

    static Scores scores(TokenTree tree, double[]... paths) {
        return new Scores(tree, List.of(paths), List.of(), List.of());
    }
}
