package org.espalier.endpoint.wire;

import java.util.Optional;
import java.util.Set;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the client library does not hand on of an answer.
 *
 * @param thinking what the model says to itself, where the provider has a field of its own for it; else empty
 * @param filter the provider's word for why a filter blocked question or answer
 * @param refusal a no in the form of a success, which the library takes for a fault; but asking again would be paid for and
 *     answered alike: it is an answer, and its words are those of the refusal
 */
record AnswerBody(String thinking, Optional<String> filter, Optional<Dialect.Reading> refusal) {
    private static final AnswerBody NONE = new AnswerBody("", Optional.empty(), Optional.empty());

    /** Gemini's reasons to end that are a filter's. */
    private static final Set<String> FILTERED =
            Set.of("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT");

    static AnswerBody of(Provider provider, String body) {
        try {
            JsonNode answer = Json.parse(body);
            return switch (provider) {
                case OPENAI, OPENAI_COMPATIBLE -> openAi(answer);
                case GEMINI -> gemini(answer);
                case ANTHROPIC -> anthropic(answer);
                case LOCAL -> NONE;
            };
        } catch (JacksonException e) {
            return NONE;
        }
    }

    /** Servers name the field for what a model thinks in one of two ways. */
    private static AnswerBody openAi(JsonNode answer) {
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        JsonNode usage = answer.path("usage");
        return new AnswerBody(
                message.path("reasoning_content")
                        .asString(message.path("reasoning").asString("")),
                Optional.of(choice.path("finish_reason").asString("")).filter("content_filter"::equals),
                refusal(
                        message.path("refusal"),
                        count(usage, "prompt_tokens"),
                        count(usage, "completion_tokens"),
                        count(usage.path("prompt_tokens_details"), "cached_tokens")));
    }

    private static Optional<Dialect.Reading> refusal(JsonNode words, long input, long output, long cached) {
        return words.isString()
                ? Optional.of(new Dialect.Reading(words.stringValue(), true, new Usage(input, output, cached)))
                : Optional.empty();
    }

    private static long count(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).asLong(0));
    }

    /** A question that is blocked has no candidates; an answer that is blocked is a candidate cut off. */
    private static AnswerBody gemini(JsonNode answer) {
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
        JsonNode feedback = answer.path("promptFeedback");
        JsonNode usage = answer.path("usageMetadata");
        Optional<Dialect.Reading> refusal = refusal(
                Json.tree(feedback.path("blockReasonMessage").asString("")),
                count(usage, "promptTokenCount"),
                count(usage, "candidatesTokenCount") + count(usage, "thoughtsTokenCount"),
                count(usage, "cachedContentTokenCount"));
        boolean blocked = feedback.path("blockReason").isString()
                && answer.path("candidates").isEmpty();
        return new AnswerBody(thinking.toString(), filter, refusal.filter(_ -> blocked));
    }

    /** Its refusals are answers to the library too. */
    private static AnswerBody anthropic(JsonNode answer) {
        StringBuilder thinking = new StringBuilder();
        for (JsonNode part : answer.path("content")) {
            if (part.path("type").asString("").equals("thinking")) {
                thinking.append(part.path("thinking").asString(""));
            }
        }
        return new AnswerBody(
                thinking.toString(),
                Optional.of(answer.path("stop_reason").asString("")).filter("refusal"::equals),
                Optional.empty());
    }
}
