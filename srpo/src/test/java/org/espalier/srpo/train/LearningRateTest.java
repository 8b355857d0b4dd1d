package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.srpo.train.TrainSettings.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void risesInTheWarmUpAndFallsByHalfACosine() {
        LearningRate rate = new LearningRate(settings(Schedule.COSINE, 4, 1), 12);
        double[] expected = {
            0.2, 0.4, 0.6, 0.8, 1, 0.9619398, 0.8535534, 0.6913417, 0.5, 0.3086583, 0.1464466, 0.0380602
        };
        for (int step = 0; step < expected.length; step++) {
            assertThat(rate.at(step)).as("step %d", step).isCloseTo(expected[step], within(1e-6));
        }
    }

    @Test
    void theWarmUpTakesAtMostItsShare() {
        LearningRate rate = new LearningRate(settings(Schedule.LINEAR, 100, 0.1), 20);
        assertThat(rate.at(0)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(rate.at(1)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(rate.at(2)).isEqualTo(1);
        assertThat(rate.at(11)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void stays() {
        LearningRate rate = new LearningRate(settings(Schedule.CONSTANT, 0, 0), 5);
        assertThat(rate.at(0)).isEqualTo(1);
        assertThat(rate.at(4)).isEqualTo(1);
    }

    private static TrainSettings settings(Schedule schedule, int warmUpSteps, double warmUpShare) {
        return new TrainSettings(
                TrainSettings.Method.SFT,
                8,
                16,
                0,
                List.of("q_proj"),
                1,
                8,
                1,
                schedule,
                warmUpSteps,
                warmUpShare,
                0.9,
                0.999,
                1e-8,
                0,
                1,
                0.3,
                1,
                TrainSettings.Likelihood.SUM,
                TrainSettings.Reference.STEP_MEAN,
                TrainSettings.Alignment.LOG_RATIO,
                TrainSettings.Reduction.SUM,
                1,
                0,
                TrainSettings.SftOn.REFERENCE,
                0.1,
                0.1,
                false);
    }
}
