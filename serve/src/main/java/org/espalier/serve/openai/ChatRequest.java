package org.espalier.serve.openai;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A request for chat completions that has been read.
 *
 * @param messages at least one; an assistant's at the end is to be continued
 * @param choices how many answers
 * @param maxTokens of each answer; empty where the caller does not say
 * @param seed empty where the caller does not say
 * @param likeliest of the likeliest tokens, how many are told beside each; empty where no log-probabilities are wanted
 * @param stream whether the answer comes in pieces
 * @param usage whether a stream ends with counts
 * @param schema that the answer must follow, with its name, as it was sent; missing for none
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        int choices,
        double temperature,
        double topP,
        int topK,
        double minP,
        double repetitionPenalty,
        OptionalInt maxTokens,
        List<String> stops,
        OptionalLong seed,
        OptionalInt likeliest,
        boolean stream,
        boolean usage,
        JsonNode schema) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    /**
     * What somebody said.
     *
     * @param pictures as data URLs, in order
     */
    public record Message(Role role, List<String> pictures, String text) {
        public Message {
            pictures = List.copyOf(pictures);
        }
    }

    public ChatRequest {
        messages = List.copyOf(messages);
        stops = List.copyOf(stops);
    }

    /** Whether the last message is the beginning of the answer. */
    public boolean continues() {
        return messages.getLast().role() == Role.ASSISTANT;
    }
}
