package org.espalier.model.decoder;

import java.util.Optional;

/** By what angles a decoder turns its heads from one position to the next. */
public sealed interface RopeFrequencies {
    /**
     * Frequencies of a head, in radians a position.
     *
     * @param count half of the head's width
     */
    float[] of(int count);

    /** {@code 1 / theta^(i / count)} for i below {@code count}, rounded to float32 once. */
    record RoundedOnce(double theta) implements RopeFrequencies {
        @Override
        public float[] of(int count) {
            return Rope.frequencies(count, theta);
        }
    }

    /**
     * The same in float32 at every step, as the published code computes it; in a third of the frequencies the last bit
     * differs.
     *
     * @param scaling what becomes of them in a model that was trained on short texts and reads long ones
     */
    record RoundedAtEachStep(double theta, Optional<Llama3> scaling) implements RopeFrequencies {
        @Override
        public float[] of(int count) {
            float[] frequencies = new float[count];
            for (int i = 0; i < count; i++) {
                float frequency = 1 / (float) Math.pow(theta, (float) i / count);
                frequencies[i] = scaling.isPresent() ? scaling.get().of(frequency) : frequency;
            }
            return frequencies;
        }
    }

    /**
     * Scaling {@code llama3}, as LLaMA 3.1 has it: waves longer than {@code original / low} positions become {@code factor}
     * times as long, those shorter than {@code original / high} stay, and those between go over from one to the other.
     *
     * @param factor at least 1
     * @param low {@code low_freq_factor}
     * @param high {@code high_freq_factor}, above {@code low}
     * @param original positions of the model before it was made to read longer texts
     */
    record Llama3(double factor, double low, double high, int original) {
        public Llama3 {
            if (!(factor >= 1 && low > 0 && high > low && original > 0)) {
                throw new IllegalArgumentException("rope scaling llama3 needs factor (" + factor
                        + ") of at least 1, low_freq_factor (" + low + ") below high_freq_factor (" + high
                        + ") and original_max_position_embeddings (" + original + "), all above 0");
            }
        }

        private float of(float frequency) {
            float wave = 1 / frequency * (float) (2 * Math.PI);
            if (wave > (float) (original / low)) {
                return frequency / (float) factor;
            }
            if (wave < (float) (original / high)) {
                return frequency;
            }
            float share = (1 / wave * original - (float) low) / (float) (high - low);
            return (1 - share) * frequency / (float) factor + share * frequency;
        }
    }
}
