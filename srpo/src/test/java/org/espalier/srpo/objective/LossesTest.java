package org.espalier.srpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossesTest {
    private static final double[] ONE = {-0.5, -1.5};
    private static final double[] OTHER = {-1.0, -2.0, -0.6};

    /** From one or two paths. */
    private interface Loss {
        LossAndGradient of(double[] one, double[] other);
    }

    @Test
    void theReferenceTermIsMinusTheMeanOverStepsOfAStepsSum() {
        // Two steps of -0.5 - 1.5 = -2 and -1 - 2 - 0.6 = -3.6: minus their mean is 2.8.
        double[] path = {-0.5, -1.5, -1.0, -2.0, -0.6};
        LossAndGradient result = Losses.weightedSum(path, 1.0 / 2);
        assertThat(result.loss()).isCloseTo(2.8, within(1e-12));
        assertThat(result.gradients().getFirst()).containsOnly(-0.5);
    }

    @Test
    void theLogRatioIsMinusKLogSigmoidOfTheDifferenceOfSums() {
        // Sums -2 and -3.6: margin 1.6, sigma(1.6) = 0.832018..., -2 log of it = 0.367801...
        LossAndGradient result = Losses.logRatio(ONE, OTHER, 2);
        assertThat(result.loss()).isCloseTo(-2 * Math.log(1 / (1 + Math.exp(-1.6))), within(1e-12));
        assertThat(result.loss()).isCloseTo(0.3678, within(1e-4));
        assertThat(result.gradients().get(0)[1]).isCloseTo(-2 * (1 - 1 / (1 + Math.exp(-1.6))), within(1e-12));
    }

    @Test
    void dpoSubtractsTheReferenceMargin() {
        // 0.1 * (1.6 - 0.6) = 0.1; -log sigma(0.1) = 0.644397
        assertThat(Losses.dpo(ONE, OTHER, 0.1, 0.6).loss()).isCloseTo(0.644397, within(1e-6));
    }

    @Test
    void orpoAddsTheLikelihoodOfTheChosenPathToTheOddsRatio() {
        // Means -1 and -1.2: log odds -1 - log(1 - e^-1) = -0.541325, -1.2 - log(1 - e^-1.2) = -0.841618;
        // -log sigma(0.300293) = 0.554231; 1 + 0.1 * 0.554231
        assertThat(Losses.orpo(ONE, OTHER, 0.1).loss()).isCloseTo(1.0554231, within(1e-5));
    }

    @Test
    void aMemorisedPathGivesAFiniteOddsRatio() {
        LossAndGradient result = Losses.logOdds(new double[] {0.0}, new double[] {-3.0}, 1);
        assertThat(result.loss()).isFinite();
        assertThat(result.gradients().get(0)[0]).isFinite();
    }

    @Test
    void marginsOfHundredsOfNatsStayFinite() {
        LossAndGradient result = Losses.logRatio(new double[] {-900}, new double[] {-1}, 1);
        assertThat(result.loss()).isCloseTo(899, within(1e-9));
        assertThat(result.gradients().get(0)[0]).isCloseTo(-1, within(1e-12));
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("log ratio", (Loss) (one, other) -> Losses.logRatio(one, other, 1.5)),
                Arguments.of("mean log ratio", (Loss) (one, other) -> Losses.meanLogRatio(one, other, 0.7)),
                Arguments.of("log odds", (Loss) (one, other) -> Losses.logOdds(one, other, 1.2)),
                Arguments.of("dpo", (Loss) (one, other) -> Losses.dpo(one, other, 0.1, 0.4)),
                Arguments.of("orpo", (Loss) (one, other) -> Losses.orpo(one, other, 0.3)),
                Arguments.of("token mean", (Loss) (one, other) -> Losses.tokenMean(one)),
                Arguments.of("token sum", (Loss) (one, other) -> Losses.weightedSum(one, 1)),
                Arguments.of("step mean", (Loss) (one, other) -> Losses.weightedSum(one, 1.0 / 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void theGradientIsThatOfDifferences(String name, Loss loss) {
        List<double[]> gradients = loss.of(ONE, OTHER).gradients();
        for (int path = 0; path < gradients.size(); path++) {
            for (int token = 0; token < gradients.get(path).length; token++) {
                double slope = (moved(loss, path, token, 1e-5) - moved(loss, path, token, -1e-5)) / 2e-5;
                assertThat(gradients.get(path)[token]).isCloseTo(slope, within(1e-8));
            }
        }
    }

    private static double moved(Loss loss, int path, int token, double by) {
        double[][] paths = {ONE.clone(), OTHER.clone()};
        paths[path][token] += by;
        return loss.of(paths[0], paths[1]).loss();
    }
}
