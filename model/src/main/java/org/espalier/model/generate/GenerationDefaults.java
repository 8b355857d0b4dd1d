package org.espalier.model.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * How a checkpoint's makers want it sampled: its {@code generation_config.json}. Without one, greedily.
 *
 * @param temperature 0 where the file does not ask for sampling
 * @param topK 0 keeps all
 * @param repetitionPenalty as the file says; Espalier applies none
 * @param endTokens that end an answer beside the chat format's own
 */
public record GenerationDefaults(
        double temperature, double topP, int topK, double repetitionPenalty, Set<Integer> endTokens) {
    /** Where there is no file. */
    public static final GenerationDefaults GREEDY = new GenerationDefaults(0, 1, 0, 1, Set.of());

    /** What transformers keeps where a file asks for sampling and does not say. */
    private static final int USUAL_TOP_K = 50;

    public GenerationDefaults {
        endTokens = Set.copyOf(endTokens);
    }

    /** As settings of a call. */
    public Sampling sampling(int maxTokens, List<String> stops, long seed) {
        return new Sampling(temperature, topP, topK, maxTokens, stops, seed);
    }

    /** Reads the file of a checkpoint folder. */
    static GenerationDefaults read(Path folder) {
        Path file = folder.resolve("generation_config.json");
        if (!Files.exists(file)) {
            return GREEDY;
        }
        JsonNode json;
        try {
            json = Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (JacksonException e) {
            throw new InputException(file + " is not JSON: " + Json.complaint(e) + ".", e);
        }
        boolean samples = json.path("do_sample").asBoolean(false);
        Set<Integer> ends = new LinkedHashSet<>();
        JsonNode end = json.path("eos_token_id");
        if (end.isArray()) {
            end.forEach(id -> ends.add(id.asInt(-1)));
        } else if (end.isIntegralNumber()) {
            ends.add(end.asInt(-1));
        }
        GenerationDefaults defaults = new GenerationDefaults(
                samples ? json.path("temperature").asDouble(1) : 0,
                samples ? json.path("top_p").asDouble(1) : 1,
                samples ? json.path("top_k").asInt(USUAL_TOP_K) : 0,
                json.path("repetition_penalty").asDouble(1),
                ends);
        try {
            defaults.sampling(1, List.of(), 0);
        } catch (IllegalArgumentException e) {
            throw new InputException(file + " cannot be used: " + e.getMessage() + ".", e);
        }
        return defaults;
    }
}
