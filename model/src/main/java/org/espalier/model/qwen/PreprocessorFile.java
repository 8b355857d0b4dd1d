package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import tools.jackson.databind.JsonNode;

/** The fields of one {@code preprocessor_config.json}; unknown ones are passed over, as transformers does. */
final class PreprocessorFile {
    // What transformers takes where the file is silent.
    private static final int MIN_PIXELS = 56 * 56;
    private static final int MAX_PIXELS = 28 * 28 * 1280;
    private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);
    private static final int BICUBIC = 3;

    private final Path file;
    private final JsonNode root;

    private PreprocessorFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static PreprocessorConfig read(Path file) {
        PreprocessorFile fields =
                new PreprocessorFile(file, JsonFile.read(file, "take the one that came with the checkpoint"));
        for (String step : List.of("do_resize", "do_rescale", "do_normalize")) {
            fields.mustBeOn(step);
        }
        int resample = fields.integer(fields.root, "", "resample", BICUBIC);
        if (resample != BICUBIC) {
            throw fields.wrong("resample", "is " + resample + ", and only 3 (bicubic) is supported");
        }
        JsonNode size = fields.size();
        int min = fields.integer(size, "size.", "shortest_edge", MIN_PIXELS);
        int max = fields.integer(size, "size.", "longest_edge", MAX_PIXELS);
        try {
            return new PreprocessorConfig(
                    fields.integer(fields.root, "", "patch_size", 14),
                    fields.integer(fields.root, "", "temporal_patch_size", 2),
                    fields.integer(fields.root, "", "merge_size", 2),
                    fields.integer(fields.root, "", "min_pixels", min),
                    fields.integer(fields.root, "", "max_pixels", max),
                    fields.three("image_mean", CLIP_MEAN),
                    fields.three("image_std", CLIP_STD),
                    fields.number("rescale_factor", 1 / 255.0));
        } catch (IllegalArgumentException e) {
            throw new InputException(file + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** The newer style's bounds; an empty object where the file has the older style. */
    private JsonNode size() {
        JsonNode size = root.path("size");
        if (size.isMissingNode() || size.isNull()) {
            return Json.object();
        }
        boolean edges = size.hasNonNull("shortest_edge") && size.hasNonNull("longest_edge");
        boolean older = root.hasNonNull("min_pixels") && root.hasNonNull("max_pixels");
        if (!size.isObject() || !(edges || older)) {
            throw wrong("size", "lacks shortest_edge and longest_edge, as if for another family of models");
        }
        return size;
    }

    private void mustBeOn(String field) {
        JsonNode value = root.path(field);
        if (!value.isMissingNode() && !value.isNull() && !(value.isBoolean() && value.booleanValue())) {
            throw wrong(field, "is " + value + ", and only true is supported");
        }
    }

    private int integer(JsonNode object, String prefix, String field, int absent) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(prefix + field, "is " + value + ", not a whole number");
        }
        return value.intValue();
    }

    private double number(String field, double absent) {
        JsonNode value = root.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isNumber()) {
            throw wrong(field, "is " + value + ", not a number");
        }
        return value.doubleValue();
    }

    private List<Double> three(String field, List<Double> absent) {
        JsonNode value = root.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonNode element : value) {
            if (element.isNumber()) {
                numbers.add(element.doubleValue());
            }
        }
        if (!value.isArray() || value.size() != 3 || numbers.size() != 3) {
            throw wrong(field, "is " + value + ", not three numbers");
        }
        return numbers;
    }

    private InputException wrong(String field, String what) {
        return new InputException(file + ": " + field + " " + what + ".");
    }
}
