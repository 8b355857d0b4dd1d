package org.espalier.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.espalier.model.decoder.RopeFrequencies.Llama3;
import org.espalier.model.decoder.RopeFrequencies.RoundedAtEachStep;
import org.espalier.model.decoder.RopeFrequencies.RoundedOnce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RopeFrequenciesTest {
    /** As transformers 5.17.0 computes them for theta 500000 and heads of 16. */
    private static final float[] PUBLISHED = {
        1f,
        0.193922758f,
        0.0376060307f,
        0.00729266508f,
        0.00141421345f,
        0.000274248188f,
        5.31829573e-05f,
        1.03133852e-05f
    };
    /** The same with factor 8, low 1, high 4 and 64 positions. */
    private static final float[] PUBLISHED_SCALED = {
        1f,
        0.079403013f,
        0.00470075384f,
        0.000911583134f,
        0.000176776681f,
        3.42810235e-05f,
        6.64786967e-06f,
        1.28917316e-06f
    };

    @Test
    void areThePublishedOnesToTheLastBit() {
        assertThat(new RoundedAtEachStep(500_000, Optional.empty()).of(8)).isEqualTo(PUBLISHED);
        assertThat(new RoundedAtEachStep(500_000, Optional.of(new Llama3(8, 1, 4, 64))).of(8))
                .isEqualTo(PUBLISHED_SCALED);
    }

    @Test
    void bothWaysOfRoundingGiveTheSameUpToTheLastBit() {
        float[] once = new RoundedOnce(10_000).of(64);
        float[] each = new RoundedAtEachStep(10_000, Optional.empty()).of(64);
        int differing = 0;
        for (int i = 0; i < 64; i++) {
            assertThat(Math.abs(each[i] - once[i])).isLessThanOrEqualTo(Math.ulp(once[i]));
            differing += each[i] == once[i] ? 0 : 1;
        }
        assertThat(differing).isBetween(1, 32);
    }

    /** The formula of LLaMA 3.1 in float64, at its own figures and at others. */
    @ParameterizedTest
    @ValueSource(ints = {64, 512, 8192})
    void llama3StretchesLongWavesAndLeavesShortOnes(int original) {
        double factor = 8;
        double low = 1;
        double high = 4;
        float[] scaled = new RoundedAtEachStep(500_000, Optional.of(new Llama3(factor, low, high, original))).of(64);
        int between = 0;
        for (int i = 0; i < 64; i++) {
            double frequency = Math.pow(500_000, -i / 64.0);
            double turns = original * frequency / (2 * Math.PI);
            double share = Math.clamp((turns - low) / (high - low), 0, 1);
            double expected = (1 - share) * frequency / factor + share * frequency;
            assertThat((double) scaled[i]).isCloseTo(expected, within(2e-6 * expected));
            between += share > 0 && share < 1 ? 1 : 0;
        }
        assertThat(between).isGreaterThan(3);
    }

    @Test
    void refusesFiguresThatMeanNothing() {
        assertThatThrownBy(() -> new Llama3(8, 4, 1, 64)).hasMessageContaining("low_freq_factor (4.0) below");
        assertThatThrownBy(() -> new Llama3(Double.NaN, 1, 4, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Llama3(8, 1, 4, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
