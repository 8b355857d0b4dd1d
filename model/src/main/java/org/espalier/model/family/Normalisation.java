package org.espalier.model.family;

import java.util.List;

/**
 * How 8-bit samples become the numbers that a vision side takes: {@code (sample * rescaleFactor - mean) / std}, in float32
 * as the published processors compute it.
 *
 * @param mean of red, green and blue, after rescaling
 * @param std of red, green and blue, after rescaling
 * @param rescaleFactor what a sample is multiplied with
 */
public record Normalisation(List<Double> mean, List<Double> std, double rescaleFactor) {
    public Normalisation {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s >= 1e-3 && s <= 1e3))) {
            throw new IllegalArgumentException(
                    "image_mean and image_std need three numbers, those of image_std from 0.001 to 1000");
        }
        if (mean.stream().anyMatch(m -> !(Math.abs(m) <= 1e3))) {
            throw new IllegalArgumentException("image_mean " + mean + " is not from -1000 to 1000");
        }
        if (!(rescaleFactor >= 1e-6 && rescaleFactor <= 1)) {
            throw new IllegalArgumentException("rescale_factor " + rescaleFactor + " is not from 0.000001 to 1");
        }
    }

    /** Of each channel, the number of each sample: {@code [3][256]}. */
    public float[][] table() {
        float[][] table = new float[3][256];
        for (int channel = 0; channel < 3; channel++) {
            for (int sample = 0; sample < 256; sample++) {
                float rescaled = (float) (sample * rescaleFactor);
                table[channel][sample] = (rescaled - mean.get(channel).floatValue())
                        / std.get(channel).floatValue();
            }
        }
        return table;
    }

    /**
     * The samples that numbers stand for.
     *
     * @param plane how many numbers of one channel follow one another; red, green and blue take turns
     */
    public long[] samples(float[] values, int plane) {
        long[] samples = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            int channel = i / plane % 3;
            samples[i] = Math.round((values[i] * std.get(channel) + mean.get(channel)) / rescaleFactor);
        }
        return samples;
    }
}
