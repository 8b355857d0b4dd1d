package org.espalier.endpoint.wire;

import java.util.Optional;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A provider's no in the form of a success. The client library takes it for a fault, but asking again would be paid for
 * and answered alike: it is an answer, and its words are those of the refusal.
 */
final class RefusedAnswer {
    private RefusedAnswer() {}

    /** What {@code body} refuses with; empty if it is no refusal. */
    static Optional<Dialect.Reading> in(Provider provider, String body) {
        try {
            JsonNode answer = Json.parse(body);
            return switch (provider) {
                case OPENAI, OPENAI_COMPATIBLE -> openAi(answer);
                case GEMINI -> gemini(answer);
                // Anthropic's are answers to the library too.
                case ANTHROPIC, LOCAL -> Optional.empty();
            };
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Dialect.Reading> openAi(JsonNode answer) {
        JsonNode words = answer.path("choices").path(0).path("message").path("refusal");
        if (!words.isString()) {
            return Optional.empty();
        }
        JsonNode usage = answer.path("usage");
        return Optional.of(whole(
                words.stringValue(),
                count(usage, "prompt_tokens"),
                count(usage, "completion_tokens"),
                count(usage.path("prompt_tokens_details"), "cached_tokens")));
    }

    /** A question that is blocked has no candidates; an answer that is blocked is a candidate cut off. */
    private static Optional<Dialect.Reading> gemini(JsonNode answer) {
        JsonNode feedback = answer.path("promptFeedback");
        if (!feedback.path("blockReason").isString()
                || !answer.path("candidates").isEmpty()) {
            return Optional.empty();
        }
        JsonNode usage = answer.path("usageMetadata");
        return Optional.of(whole(
                feedback.path("blockReasonMessage").asString(""),
                count(usage, "promptTokenCount"),
                count(usage, "candidatesTokenCount") + count(usage, "thoughtsTokenCount"),
                count(usage, "cachedContentTokenCount")));
    }

    private static Dialect.Reading whole(String words, long input, long output, long cached) {
        return new Dialect.Reading(words, true, new Usage(input, output, cached));
    }

    private static long count(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).asLong(0));
    }
}
