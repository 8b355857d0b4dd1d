package org.espalier.srpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.espalier.srpo.objective.Letters.branch;
import static org.espalier.srpo.objective.Letters.question;
import static org.espalier.srpo.objective.Letters.rows;
import static org.espalier.srpo.objective.Letters.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.espalier.core.PathTree;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.tree.TokenTree;
import org.junit.jupiter.api.Test;

/** The objective that the guide makes. */
class RewardedTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root", ".."));

    @Test
    void isTheOneOfTheGuide() throws IOException {
        String source = Files.readString(ROOT.resolve("srpo/src/test/java/org/espalier/srpo/objective/Rewarded.java"));
        String record = source.substring(source.indexOf("/**"))
                .lines()
                .map(line -> line.isEmpty() ? line : "   " + line)
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(ROOT.resolve("docs/add-an-objective.md"))).contains(record);
    }

    @Test
    void weighsEveryBranchByItsVerdict() {
        PathTree question = question(
                "q",
                true,
                List.of(
                        branch(1, 0, "fb", true, true),
                        branch(1, 1, "ub", false, true),
                        branch(2, 0, "vc", false, true)));
        Rewarded objective = new Rewarded(-0.5);
        TokenTree tree = objective
                .select(question, tokens(question), new SplittableRandom(0))
                .orElseThrow();
        assertThat(rows(tree)).containsExactly("Q? TA/TB/TC.", "3 FB. 1.0", "3 UB. -0.5", "6 VC. -0.5");

        Evaluation evaluation = objective.evaluate(
                SrpoTest.scores(tree, new double[] {-1, -2, -3}, new double[] {-2, -2, -2}, new double[] {-1, -1, -4}));
        // 2 - 0.5 * 2 - 0.5 * 2
        assertThat(evaluation.metrics().loss()).isCloseTo(0, within(1e-12));
        assertThat(evaluation.metrics().own()).containsEntry("reward", 0.0);
        assertThat(evaluation.gradients().get(0)).containsOnly(-1.0 / 3);
        assertThat(evaluation.gradients().get(1)).containsOnly(0.5 / 3);
        assertThatThrownBy(() -> new Rewarded(0.5)).hasMessage("'unfavorable' is at most 0, not 0.5.");
    }

    @Test
    void hasNoUseForAQuestionWithoutBranches() {
        PathTree question = question("q", true, List.of());
        assertThat(new Rewarded(-1).select(question, tokens(question), new SplittableRandom(0)))
                .isEmpty();
    }
}
