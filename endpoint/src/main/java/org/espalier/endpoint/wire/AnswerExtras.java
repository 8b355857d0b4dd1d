package org.espalier.endpoint.wire;

import java.util.Optional;
import java.util.Set;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an answer holds besides its words, which the client library does not hand on.
 *
 * @param thinking what the model says to itself, where the provider has a field of its own for it; else empty
 * @param filter the provider's word for why a filter blocked question or answer
 */
record AnswerExtras(String thinking, Optional<String> filter) {
    private static final AnswerExtras NONE = new AnswerExtras("", Optional.empty());

    /** Gemini's reasons to end that are a filter's. */
    private static final Set<String> FILTERED =
            Set.of("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT");

    static AnswerExtras of(Provider provider, String body) {
        try {
            JsonNode answer = Json.parse(body);
            return switch (provider) {
                case OPENAI, OPENAI_COMPATIBLE -> openAi(answer.path("choices").path(0));
                case GEMINI -> gemini(answer);
                case ANTHROPIC -> anthropic(answer);
                case LOCAL -> NONE;
            };
        } catch (JacksonException e) {
            return NONE;
        }
    }

    /** Servers name the field for what a model thinks in one of two ways. */
    private static AnswerExtras openAi(JsonNode choice) {
        JsonNode message = choice.path("message");
        String thinking = message.path("reasoning_content")
                .asString(message.path("reasoning").asString(""));
        return new AnswerExtras(
                thinking, Optional.of(choice.path("finish_reason").asString("")).filter("content_filter"::equals));
    }

    private static AnswerExtras gemini(JsonNode answer) {
        JsonNode candidate = answer.path("candidates").path(0);
        StringBuilder thinking = new StringBuilder();
        for (JsonNode part : candidate.path("content").path("parts")) {
            if (part.path("thought").asBoolean(false)) {
                thinking.append(part.path("text").asString(""));
            }
        }
        Optional<String> filter = Optional.of(
                        answer.path("promptFeedback").path("blockReason").asString(""))
                .filter(reason -> !reason.isEmpty())
                .or(() ->
                        Optional.of(candidate.path("finishReason").asString("")).filter(FILTERED::contains));
        return new AnswerExtras(thinking.toString(), filter);
    }

    private static AnswerExtras anthropic(JsonNode answer) {
        StringBuilder thinking = new StringBuilder();
        for (JsonNode part : answer.path("content")) {
            if (part.path("type").asString("").equals("thinking")) {
                thinking.append(part.path("thinking").asString(""));
            }
        }
        return new AnswerExtras(
                thinking.toString(),
                Optional.of(answer.path("stop_reason").asString("")).filter("refusal"::equals));
    }
}
