package org.espalier.model.qwen;

import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.model.family.Normalisation;

/**
 * How a Qwen2.5-VL checkpoint wants its pictures: its {@code preprocessor_config.json}.
 *
 * @param patchSize side of a patch in pixels
 * @param temporalPatchSize frames in a patch; a picture is repeated to fill them
 * @param mergeSize patches along each side of what becomes one token
 * @param minPixels a smaller picture is enlarged
 * @param maxPixels a larger picture is shrunk
 * @param normalisation how its samples become numbers
 */
record PreprocessorConfig(
        int patchSize,
        int temporalPatchSize,
        int mergeSize,
        int minPixels,
        int maxPixels,
        Normalisation normalisation) {
    private static final int LARGEST_SIDE = 1024;
    private static final int MOST_PIXELS = 100_000_000;

    public PreprocessorConfig {
        between("patch_size", patchSize, 1, LARGEST_SIDE);
        between("temporal_patch_size", temporalPatchSize, 1, 4);
        between("merge_size", mergeSize, 1, 16);
        between("max_pixels", maxPixels, 1, MOST_PIXELS);
        between("min_pixels", minPixels, 1, maxPixels);
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
            return new PreprocessorConfig(patchSize, temporalPatchSize, mergeSize, min, max, normalisation);
        } catch (IllegalArgumentException e) {
            throw new InputException("A picture cannot be given those bounds: " + e.getMessage() + ".", e);
        }
    }

    /** Side in pixels of what becomes one token; a resized picture's sides are multiples of it. */
    public int unit() {
        return patchSize * mergeSize;
    }
}
