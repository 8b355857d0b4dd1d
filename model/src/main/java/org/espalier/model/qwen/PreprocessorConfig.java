package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;

/**
 * How a Qwen2.5-VL checkpoint wants its pictures: its {@code preprocessor_config.json}.
 *
 * @param patchSize side of a patch in pixels
 * @param temporalPatchSize frames in a patch; a picture is repeated to fill them
 * @param mergeSize patches along each side of what becomes one token
 * @param minPixels a smaller picture is enlarged
 * @param maxPixels a larger picture is shrunk
 * @param mean of red, green and blue, after rescaling
 * @param std of red, green and blue, after rescaling
 * @param rescaleFactor what an 8-bit sample is multiplied with
 */
record PreprocessorConfig(
        int patchSize,
        int temporalPatchSize,
        int mergeSize,
        int minPixels,
        int maxPixels,
        List<Double> mean,
        List<Double> std,
        double rescaleFactor) {
    private static final int LARGEST_SIDE = 1024;
    private static final int MOST_PIXELS = 100_000_000;

    public PreprocessorConfig {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        between("patch_size", patchSize, 1, LARGEST_SIDE);
        between("temporal_patch_size", temporalPatchSize, 1, 4);
        between("merge_size", mergeSize, 1, 16);
        between("max_pixels", maxPixels, 1, MOST_PIXELS);
        between("min_pixels", minPixels, 1, maxPixels);
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

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not between " + least + " and " + most);
        }
    }

    /** Reads {@code preprocessor_config.json}, of the older flat style or the newer with {@code size}. */
    public static PreprocessorConfig read(Path file) {
        return PreprocessorFile.read(file);
    }

    /**
     * The same with other bounds, so that pictures cost fewer tokens.
     *
     * @throws InputException if the bounds are not in order
     */
    public PreprocessorConfig withPixels(int min, int max) {
        try {
            return new PreprocessorConfig(patchSize, temporalPatchSize, mergeSize, min, max, mean, std, rescaleFactor);
        } catch (IllegalArgumentException e) {
            throw new InputException("A picture cannot be given those bounds: " + e.getMessage() + ".", e);
        }
    }

    /** Side in pixels of what becomes one token; a resized picture's sides are multiples of it. */
    public int unit() {
        return patchSize * mergeSize;
    }
}
