package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.espalier.srpo.train.LearningRate.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void risesInTheWarmUpAndFallsByHalfACosine() {
        LearningRate rate = new LearningRate(1, Schedule.COSINE, 4, 1);
        double[] expected = {
            0.2, 0.4, 0.6, 0.8, 1, 0.9619398, 0.8535534, 0.6913417, 0.5, 0.3086583, 0.1464466, 0.0380602
        };
        for (int step = 0; step < expected.length; step++) {
            assertThat(rate.at(step, 12)).as("step %d", step).isCloseTo(expected[step], within(1e-6));
        }
    }

    @Test
    void theWarmUpTakesAtMostItsShare() {
        LearningRate rate = new LearningRate(1, Schedule.LINEAR, 100, 0.1);
        assertThat(rate.at(0, 20)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(rate.at(1, 20)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(rate.at(2, 20)).isEqualTo(1);
        assertThat(rate.at(11, 20)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void stays() {
        LearningRate rate = LearningRate.constant(1);
        assertThat(rate.at(0, 5)).isEqualTo(1);
        assertThat(rate.at(4, 5)).isEqualTo(1);
    }
}
