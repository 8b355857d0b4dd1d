package org.espalier.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Settings of a {@code generation_config.json} that would change an answer and are not computed here. What changes only
 * how fast an answer is found, or is met by the length that a caller gives, is none of them.
 */
final class UnsupportedGenerationSettings {
    /** The value that leaves everything as it is; so does null for each. */
    private static final Map<String, Double> NUMBERS = Map.ofEntries(
            Map.entry("num_beams", 1.0),
            Map.entry("num_beam_groups", 1.0),
            Map.entry("penalty_alpha", 0.0),
            Map.entry("diversity_penalty", 0.0),
            Map.entry("no_repeat_ngram_size", 0.0),
            Map.entry("encoder_no_repeat_ngram_size", 0.0),
            Map.entry("encoder_repetition_penalty", 1.0),
            Map.entry("guidance_scale", 1.0),
            Map.entry("min_length", 0.0),
            Map.entry("min_new_tokens", 0.0));

    /** Such as matter to draws alone. */
    private static final Map<String, Double> OF_DRAWS =
            Map.of("typical_p", 1.0, "epsilon_cutoff", 0.0, "eta_cutoff", 0.0, "top_h", 1.0);

    /** Lists, tables and words: null or empty is none. */
    private static final List<String> STRUCTURES = List.of(
            "bad_words_ids",
            "begin_suppress_tokens",
            "constraints",
            "dola_layers",
            "exponential_decay_length_penalty",
            "force_words_ids",
            "forced_eos_token_id",
            "sequence_bias",
            "stop_strings",
            "suppress_tokens",
            "watermarking_config");

    private UnsupportedGenerationSettings() {}

    /** Those that are set, as {@code name value}, in the order of their names. */
    static List<String> in(JsonNode file, boolean samples) {
        SortedMap<String, Double> numbers = new TreeMap<>(NUMBERS);
        if (samples) {
            numbers.putAll(OF_DRAWS);
        }
        List<String> found = new ArrayList<>();
        numbers.forEach((name, neutral) -> {
            JsonNode value = file.path(name);
            if (!absent(value) && !(value.isNumber() && value.doubleValue() == neutral)) {
                found.add(name + " " + value);
            }
        });
        for (String name : STRUCTURES) {
            JsonNode value = file.path(name);
            boolean empty = value.isContainer() ? value.isEmpty() : value.isBoolean() && !value.booleanValue();
            if (!absent(value) && !empty) {
                found.add(name + (value.isContainer() ? "" : " " + value));
            }
        }
        return found.stream().sorted().toList();
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
