package org.espalier.model;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.file.JsonFile;
import tools.jackson.databind.JsonNode;

/**
 * How a checkpoint's makers want it sampled: its {@code generation_config.json}. Without one, greedily.
 *
 * @param temperature 0 where the file does not ask for sampling
 * @param topK 0 keeps all
 * @param repetitionPenalty 1 for none; holds for greedy answers too
 * @param minP 0 keeps all
 * @param endTokens that end an answer beside the chat format's own
 * @param others settings that shape answers and are not computed here, as {@code name value}, in the order of their
 *     names: whoever wants the makers' settings is refused, others can continue
 */
public record GenerationDefaults(
        double temperature,
        double topP,
        int topK,
        double repetitionPenalty,
        double minP,
        Set<Integer> endTokens,
        List<String> others) {
    /** Where there is no file. */
    public static final GenerationDefaults GREEDY = new GenerationDefaults(0, 1, 0, 1, 0, Set.of(), List.of());

    /** What transformers keeps where a file asks for sampling and does not say. */
    private static final int USUAL_TOP_K = 50;

    public GenerationDefaults {
        endTokens = Set.copyOf(endTokens);
        others = List.copyOf(others);
    }

    /**
     * As settings of a call.
     *
     * @throws InputException if the makers want what is not computed here: the figures would not be those of their
     *     settings
     */
    public Sampling sampling(int maxTokens, List<String> stops, long seed) {
        if (!others.isEmpty()) {
            throw new InputException("the model's generation_config.json wants " + String.join(", ", others)
                    + ", which is not computed here: choose other settings than the model's own (bench: --decoding greedy"
                    + " or --decoding sample; chat: --greedy), or remove it from the file");
        }
        return new Sampling(temperature, topP, topK, repetitionPenalty, minP, maxTokens, stops, seed);
    }

    /** Reads the file of a checkpoint folder. */
    public static GenerationDefaults read(Path folder) {
        Path file = folder.resolve("generation_config.json");
        // A link that leads nowhere is no file that is missing.
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? new FileOf(file, JsonFile.read(file, "take the one of the checkpoint")).read()
                : GREEDY;
    }

    /** The file, field by field. A field that is null is as transformers has it: not applied. */
    private record FileOf(Path file, JsonNode json) {
        GenerationDefaults read() {
            JsonNode sample = json.path("do_sample");
            if (!sample.isMissingNode() && !sample.isNull() && !sample.isBoolean()) {
                throw wrong("do_sample is " + sample + ", not true or false");
            }
            boolean samples = sample.asBoolean(false);
            double topK = number("top_k", USUAL_TOP_K, 0);
            if (topK != Math.rint(topK) || Math.abs(topK) > Integer.MAX_VALUE) {
                throw wrong("top_k is " + json.path("top_k") + ", not a whole number");
            }
            GenerationDefaults defaults = new GenerationDefaults(
                    samples ? number("temperature", 1, 1) : 0,
                    samples ? number("top_p", 1, 1) : 1,
                    samples ? (int) topK : 0,
                    number("repetition_penalty", 1, 1),
                    samples ? number("min_p", 0, 0) : 0,
                    ends(json.path("eos_token_id")),
                    UnsupportedGenerationSettings.in(json, samples));
            try {
                new Sampling(
                        defaults.temperature,
                        defaults.topP,
                        defaults.topK,
                        defaults.repetitionPenalty,
                        defaults.minP,
                        1,
                        List.of(),
                        0);
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
            return defaults;
        }

        private double number(String field, double absent, double off) {
            JsonNode value = json.path(field);
            if (value.isMissingNode()) {
                return absent;
            }
            if (value.isNull()) {
                return off;
            }
            if (!value.isNumber()) {
                throw wrong(field + " is " + value + ", not a number");
            }
            return value.doubleValue();
        }

        private Set<Integer> ends(JsonNode field) {
            Set<Integer> ends = new LinkedHashSet<>();
            for (JsonNode id : field.isArray() ? field : List.of(field)) {
                if (id.isInt() && id.intValue() >= 0) {
                    ends.add(id.intValue());
                } else if (!id.isMissingNode() && !id.isNull()) {
                    throw wrong("eos_token_id is " + field + ", not the id of a token or a list of them");
                }
            }
            return ends;
        }

        private InputException wrong(String what) {
            return new InputException(file + " cannot be used: " + what);
        }
    }
}
