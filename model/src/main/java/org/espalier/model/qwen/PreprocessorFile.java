package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.file.Json;
import org.espalier.model.family.ConfigFields;
import org.espalier.model.family.PreprocessorFields;
import tools.jackson.databind.JsonNode;

/** A Qwen2.5-VL's {@code preprocessor_config.json}. */
final class PreprocessorFile {
    // What transformers takes where the file is silent.
    private static final int MIN_PIXELS = 56 * 56;
    private static final int MAX_PIXELS = 28 * 28 * 1280;

    private PreprocessorFile() {}

    static PreprocessorConfig read(Path file) {
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
}
