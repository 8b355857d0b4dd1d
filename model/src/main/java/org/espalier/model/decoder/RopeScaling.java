package org.espalier.model.decoder;

/** What a model that was trained on short texts does to the frequencies of its positions, so that it can read long ones. */
public sealed interface RopeScaling {
    /** Nothing. */
    RopeScaling NONE = new None();

    /** The frequencies that a decoder turns its heads by, of those that its base gives. */
    float[] of(float[] frequencies);

    /** Leaves frequencies alone. */
    record None() implements RopeScaling {
        @Override
        public float[] of(float[] frequencies) {
            return frequencies;
        }
    }

    /**
     * {@code llama3}, as LLaMA 3.1 has it: waves longer than {@code original / low} positions become {@code factor} times as
     * long, those shorter than {@code original / high} stay, and those between go over from one to the other.
     *
     * @param factor at least 1
     * @param low {@code low_freq_factor}
     * @param high {@code high_freq_factor}, above {@code low}
     * @param original positions of the model before it was made to read longer texts
     */
    record Llama3(double factor, double low, double high, int original) implements RopeScaling {
        public Llama3 {
            if (!(factor >= 1 && low > 0 && high > low && original > 0)) {
                throw new IllegalArgumentException("rope scaling llama3 needs factor (" + factor
                        + ") of at least 1, low_freq_factor (" + low + ") below high_freq_factor (" + high
                        + ") and original_max_position_embeddings (" + original + "), all above 0");
            }
        }

        /** In float32, step by step as the published code does: positions multiply what is rounded here. */
        @Override
        public float[] of(float[] frequencies) {
            float[] scaled = new float[frequencies.length];
            for (int i = 0; i < scaled.length; i++) {
                float frequency = frequencies[i];
                float wave = 1 / frequency * (float) (2 * Math.PI);
                if (wave > (float) (original / low)) {
                    scaled[i] = frequency / (float) factor;
                } else if (wave < (float) (original / high)) {
                    scaled[i] = frequency;
                } else {
                    float share = (1 / wave * original - (float) low) / (float) (high - low);
                    scaled[i] = (1 - share) * frequency / (float) factor + share * frequency;
                }
            }
            return scaled;
        }
    }
}
