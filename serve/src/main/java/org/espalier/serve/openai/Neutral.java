package org.espalier.serve.openai;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Fields that are taken where they ask for nothing: clients send them with these values. */
final class Neutral {
    private static final Map<String, Double> NUMBERS = Map.of("frequency_penalty", 0.0, "presence_penalty", 0.0);
    private static final List<String> EMPTY = List.of("logit_bias", "tools", "functions");
    private static final Map<String, List<String>> WORDS =
            Map.of("tool_choice", List.of("none", "auto"), "function_call", List.of("none", "auto"));
    private static final String MODALITIES = "modalities";
    private static final String PARALLEL = "parallel_tool_calls";

    static final List<String> NAMES = Stream.of(
                    NUMBERS.keySet().stream(), EMPTY.stream(), WORDS.keySet().stream(), Stream.of(MODALITIES, PARALLEL))
            .flatMap(names -> names)
            .toList();

    private Neutral() {}

    static void check(RequestFields fields) {
        NUMBERS.forEach((name, neutral) -> require(
                fields, name, of(fields, name).isNumber() && of(fields, name).doubleValue() == neutral));
        EMPTY.forEach(name -> require(
                fields, name, of(fields, name).isContainer() && of(fields, name).isEmpty()));
        WORDS.forEach((name, words) ->
                require(fields, name, words.contains(of(fields, name).asString(""))));
        JsonNode modalities = of(fields, MODALITIES);
        require(
                fields,
                MODALITIES,
                modalities.isArray()
                        && modalities.size() == 1
                        && modalities.get(0).asString("").equals("text"));
    }

    private static JsonNode of(RequestFields fields, String name) {
        return fields.of(name);
    }

    private static void require(RequestFields fields, String name, boolean neutral) {
        if (fields.has(name) && !neutral) {
            throw ApiError.unsupported(name, name + " is not done by this server: leave it out.");
        }
    }
}
