package org.espalier.model.family;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import tools.jackson.databind.JsonNode;

/**
 * What a file says of pictures, {@code preprocessor_config.json} as a rule; unknown fields are passed over, as transformers
 * does.
 */
public final class PreprocessorFields {
    private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);
    private static final int BICUBIC = 3;

    private final Path file;
    private final JsonNode root;

    /** @throws InputException if the file is missing, no JSON object, or leaves out a step */
    public PreprocessorFields(Path file, List<String> steps) {
        this.file = file;
        JsonNode whole = JsonFile.read(file, "take the one that came with the checkpoint");
        this.root = whole.path("image_processor").isObject() ? whole.path("image_processor") : whole;
        steps.forEach(this::mustBeOn);
        int resample = integer(root, "", "resample", BICUBIC);
        if (resample != BICUBIC) {
            throw wrong("resample", "is " + resample + ", and only 3 (bicubic) is supported");
        }
    }

    /** The file of a checkpoint: {@code preprocessor_config.json}, or the one file into which newer libraries put it. */
    public static Path in(Path folder) {
        Path own = folder.resolve("preprocessor_config.json");
        Path whole = folder.resolve("processor_config.json");
        return Files.exists(own) || !Files.exists(whole) ? own : whole;
    }

    /** What it says of pictures. */
    public JsonNode root() {
        return root;
    }

    private void mustBeOn(String field) {
        JsonNode value = root.path(field);
        if (!ConfigFields.absent(value) && !(value.isBoolean() && value.booleanValue())) {
            throw wrong(field, "is " + value + ", and only true is supported");
        }
    }

    /** A whole number of an object. */
    public int integer(JsonNode object, String prefix, String field, int otherwise) {
        JsonNode value = object.path(field);
        if (ConfigFields.absent(value)) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(prefix + field, "is " + value + ", not a whole number");
        }
        return value.intValue();
    }

    /**
     * How samples become numbers; CLIP's figures where the file is silent.
     *
     * @throws IllegalArgumentException if the figures do not serve
     */
    public Normalisation normalisation() {
        return new Normalisation(
                three("image_mean", CLIP_MEAN), three("image_std", CLIP_STD), number("rescale_factor", 1 / 255.0));
    }

    private double number(String field, double otherwise) {
        JsonNode value = root.path(field);
        if (ConfigFields.absent(value)) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw wrong(field, "is " + value + ", not a number");
        }
        return value.doubleValue();
    }

    private List<Double> three(String field, List<Double> otherwise) {
        JsonNode value = root.path(field);
        if (ConfigFields.absent(value)) {
            return otherwise;
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

    /** What to say of a field. */
    public InputException wrong(String field, String what) {
        return new InputException(file + ": " + field + " " + what + ".");
    }

    /** What to say of all of the file. */
    public InputException unusable(IllegalArgumentException fault) {
        return new InputException(file + " cannot be used: " + fault.getMessage() + ".", fault);
    }
}
