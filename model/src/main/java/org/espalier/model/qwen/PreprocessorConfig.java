package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.model.family.ConfigFields;
import org.espalier.model.family.Normalisation;
import org.espalier.model.family.PreprocessorFields;
import tools.jackson.databind.JsonNode;

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
    // What transformers takes where the file is silent.
    private static final int MIN_PIXELS = 56 * 56;
    private static final int MAX_PIXELS = 28 * 28 * 1280;

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
        PreprocessorFields fields = new PreprocessorFields(file, List.of("do_resize", "do_rescale", "do_normalize"));
        JsonNode root = fields.root();
        JsonNode size = size(fields);
        int min = fields.integer(size, "size.", "shortest_edge", MIN_PIXELS);
        int max = fields.integer(size, "size.", "longest_edge", MAX_PIXELS);
        try {
            return new PreprocessorConfig(
                    fields.integer(root, "", "patch_size", 14),
                    fields.integer(root, "", "temporal_patch_size", 2),
                    fields.integer(root, "", "merge_size", 2),
                    fields.integer(root, "", "min_pixels", min),
                    fields.integer(root, "", "max_pixels", max),
                    fields.normalisation());
        } catch (IllegalArgumentException e) {
            throw fields.unusable(e);
        }
    }

    /** The newer style's bounds; an empty object where the file has the older style. */
    private static JsonNode size(PreprocessorFields fields) {
        JsonNode root = fields.root();
        JsonNode size = root.path("size");
        if (ConfigFields.absent(size)) {
            return Json.object();
        }
        boolean edges = size.hasNonNull("shortest_edge") && size.hasNonNull("longest_edge");
        boolean older = root.hasNonNull("min_pixels") && root.hasNonNull("max_pixels");
        if (!size.isObject() || !(edges || older)) {
            throw fields.wrong("size", "lacks shortest_edge and longest_edge, as if for another family of models");
        }
        return size;
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
