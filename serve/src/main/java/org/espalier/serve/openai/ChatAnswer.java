package org.espalier.serve.openai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words of one answer on the wire, whole or in chunks.
 *
 * @param created seconds since 1970
 * @param usage whether chunks tell counts at their end
 */
public record ChatAnswer(String id, long created, String model, boolean usage) {
    /**
     * A token that was told.
     *
     * @param bytes in UTF-8; may be part of a character
     * @param likeliest what could have stood there
     */
    public record Token(byte[] bytes, double logprob, List<Token> likeliest) {}

    /**
     * One of the answers.
     *
     * @param tokens empty where no log-probabilities were wanted
     * @param end {@code stop} or {@code length}
     */
    public record Choice(String text, Optional<List<Token>> tokens, String end) {}

    /** Tokens of the prompt, and of all answers together. */
    public record Counts(long prompt, long completion) {
        ObjectNode json() {
            return Json.object()
                    .put("prompt_tokens", prompt)
                    .put("completion_tokens", completion)
                    .put("total_tokens", prompt + completion);
        }
    }

    /** All of it. */
    public ObjectNode whole(List<Choice> choices, Counts counts) {
        ObjectNode answer = head("chat.completion");
        ArrayNode all = answer.putArray("choices");
        for (Choice choice : choices) {
            ObjectNode one = all.addObject().put("index", all.size() - 1);
            one.putObject("message")
                    .put("role", "assistant")
                    .put("content", choice.text())
                    .putNull("refusal");
            logprobs(one, choice.tokens());
            one.put("finish_reason", choice.end());
        }
        answer.set("usage", counts.json());
        return answer;
    }

    /** The first chunk of a choice. */
    public ObjectNode first(int choice) {
        ObjectNode chunk = chunk();
        ObjectNode one = choice(chunk, choice);
        ((ObjectNode) one.path("delta")).put("role", "assistant").put("content", "");
        one.putNull("finish_reason");
        return chunk;
    }

    /** A further piece of a choice. */
    public ObjectNode piece(int choice, String text, Optional<List<Token>> tokens) {
        ObjectNode chunk = chunk();
        ObjectNode one = choice(chunk, choice);
        ((ObjectNode) one.path("delta")).put("content", text);
        logprobs(one, tokens);
        one.putNull("finish_reason");
        return chunk;
    }

    /** The further pieces of a choice without log-probabilities. */
    public TextChunks pieces(int choice) {
        return new TextChunks(this, choice);
    }

    /** The last chunk of a choice. */
    public ObjectNode last(int choice, String end) {
        ObjectNode chunk = chunk();
        choice(chunk, choice).put("finish_reason", end);
        return chunk;
    }

    /** The chunk after all choices, where counts are wanted. */
    public Optional<ObjectNode> counts(Counts counts) {
        if (!usage) {
            return Optional.empty();
        }
        ObjectNode chunk = chunk();
        chunk.set("usage", counts.json());
        return Optional.of(chunk);
    }

    private ObjectNode chunk() {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        if (usage) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private static ObjectNode choice(ObjectNode chunk, int number) {
        ObjectNode one = ((ArrayNode) chunk.path("choices")).addObject().put("index", number);
        one.putObject("delta");
        return one;
    }

    private ObjectNode head(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static void logprobs(ObjectNode choice, Optional<List<Token>> tokens) {
        if (tokens.isEmpty()) {
            choice.putNull("logprobs");
            return;
        }
        ObjectNode logprobs = choice.putObject("logprobs");
        ArrayNode content = logprobs.putArray("content");
        logprobs.putNull("refusal");
        for (Token token : tokens.get()) {
            ObjectNode told = content.addObject();
            write(told, token);
            ArrayNode others = told.putArray("top_logprobs");
            token.likeliest().forEach(other -> write(others.addObject(), other));
        }
    }

    private static void write(ObjectNode to, Token token) {
        to.put("token", new String(token.bytes(), StandardCharsets.UTF_8));
        // JSON has no infinity; this is what OpenAI writes for it.
        to.put("logprob", Math.max(-9999, token.logprob()));
        ArrayNode bytes = to.putArray("bytes");
        for (byte one : token.bytes()) {
            bytes.add(one & 0xff);
        }
    }
}
