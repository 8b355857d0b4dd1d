package org.espalier.serve.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.core.file.Json;
import org.espalier.serve.openai.ChatRequest.Message;
import org.espalier.serve.openai.ChatRequest.Role;
import tools.jackson.databind.JsonNode;

/**
 * Reads requests for chat completions. What would change an answer and is not done is refused by its name; what says how a
 * provider is to keep or bill a call is passed over.
 */
public record ChatRequestReader() {
    private static final int MOST_MESSAGES = 1000;
    private static final int MOST_PICTURES = 64;
    private static final int MOST_CHOICES = 128;
    private static final int MOST_LIKELIEST = 20;
    private static final int MOST_STOPS = 16;
    private static final int LONGEST_STOP = 1000;

    private static final List<String> DONE = List.of(
            "model",
            "messages",
            "n",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "repetition_penalty",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "seed",
            "logprobs",
            "top_logprobs",
            "stream",
            "stream_options",
            "response_format",
            "continue_final_message",
            "add_generation_prompt");

    /** Change no answer. */
    private static final List<String> PASSED_OVER = List.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention");

    private static final List<String> OF_ASSISTANTS = List.of("role", "content", "annotations", "refusal");

    /**
     * Reads.
     *
     * @throws ApiError if something in it is wrong or not done
     */
    public ChatRequest read(JsonNode body) {
        if (!body.isObject()) {
            throw ApiError.wrong("", "The body must be a JSON object with model and messages.");
        }
        RequestFields fields = new RequestFields(body, "");
        Neutral.check(fields);
        List<String> known = new ArrayList<>(DONE);
        known.addAll(PASSED_OVER);
        known.addAll(Neutral.NAMES);
        fields.only(known);
        List<Message> messages = messages(fields);
        boolean stream = fields.flag("stream", false);
        int topK = fields.whole("top_k", -1, Integer.MAX_VALUE).orElse(0);
        double topP = fields.number("top_p", 1, 0, 1);
        double penalty = fields.number("repetition_penalty", 1, 0, 100);
        if (topP == 0) {
            throw fields.wrong("top_p", "above 0 and at most 1");
        }
        if (penalty == 0) {
            throw fields.wrong("repetition_penalty", "above 0 and at most 100");
        }
        return new ChatRequest(
                fields.text("model", "the name of a model, as GET /v1/models lists them"),
                messages,
                fields.whole("n", 1, MOST_CHOICES).orElse(1),
                fields.number("temperature", 1, 0, 2),
                topP,
                Math.max(0, topK),
                fields.number("min_p", 0, 0, 1),
                penalty,
                maxTokens(fields),
                stops(fields),
                fields.seed("seed"),
                likeliest(fields),
                stream,
                usage(fields, stream),
                schema(fields));
    }

    private static OptionalInt maxTokens(RequestFields fields) {
        OptionalInt older = fields.whole("max_tokens", 1, Integer.MAX_VALUE);
        OptionalInt newer = fields.whole("max_completion_tokens", 1, Integer.MAX_VALUE);
        if (older.isPresent() && newer.isPresent() && older.getAsInt() != newer.getAsInt()) {
            throw ApiError.wrong(
                    "max_tokens", "max_tokens and max_completion_tokens say different numbers: send one of them.");
        }
        return newer.isPresent() ? newer : older;
    }

    private static List<String> stops(RequestFields fields) {
        JsonNode value = fields.of("stop");
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : value.isString() ? List.of(value) : value) {
            stops.add(stop.isString() ? stop.stringValue() : "");
        }
        boolean other = !value.isMissingNode() && !value.isString() && !value.isArray();
        if (other
                || stops.size() > MOST_STOPS
                || stops.stream().anyMatch(stop -> stop.isEmpty() || stop.length() > LONGEST_STOP)) {
            throw fields.wrong(
                    "stop",
                    "a text or a list of at most " + MOST_STOPS + ", each of 1 to " + LONGEST_STOP + " characters");
        }
        return stops;
    }

    private static OptionalInt likeliest(RequestFields fields) {
        OptionalInt most = fields.whole("top_logprobs", 0, MOST_LIKELIEST);
        if (!fields.flag("logprobs", false)) {
            if (most.orElse(0) > 0) {
                throw ApiError.wrong("top_logprobs", "top_logprobs is told with logprobs: true alone.");
            }
            return OptionalInt.empty();
        }
        return OptionalInt.of(most.orElse(0));
    }

    private static boolean usage(RequestFields fields, boolean stream) {
        JsonNode options = fields.of("stream_options");
        if (options.isMissingNode()) {
            return false;
        }
        if (!options.isObject()) {
            throw fields.wrong("stream_options", "an object such as {\"include_usage\": true}");
        }
        if (!stream) {
            throw ApiError.wrong("stream_options", "stream_options belongs to stream: true.");
        }
        RequestFields inside = new RequestFields(options, "stream_options.");
        inside.only(List.of("include_usage", "include_obfuscation"));
        return inside.flag("include_usage", false);
    }

    private static JsonNode schema(RequestFields fields) {
        JsonNode format = fields.of("response_format");
        if (format.isMissingNode()) {
            return format;
        }
        String type = format.path("type").asString("");
        if (type.equals("text")) {
            return Json.object().path("schema");
        }
        if (type.equals("json_object")) {
            new RequestFields(format, "response_format.").only(List.of("type"));
            return Json.object();
        }
        JsonNode schema = format.path("json_schema");
        if (!type.equals("json_schema") || !schema.isObject() || schema.isEmpty()) {
            throw fields.wrong("response_format", "of type text, json_object or json_schema, with its json_schema");
        }
        return schema;
    }

    private static List<Message> messages(RequestFields fields) {
        JsonNode list = fields.of("messages");
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_MESSAGES) {
            throw fields.wrong("messages", "a list of 1 to " + MOST_MESSAGES + " messages");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            messages.add(message(list.get(i), "messages[" + i + "]"));
        }
        if (messages.stream().mapToInt(one -> one.pictures().size()).sum() > MOST_PICTURES) {
            throw fields.wrong("messages", "without more than " + MOST_PICTURES + " pictures in all");
        }
        checkEnd(fields, messages);
        return messages;
    }

    /** A user's turn is answered, an assistant's is continued. */
    private static void checkEnd(RequestFields fields, List<Message> messages) {
        Role last = messages.getLast().role();
        if (last == Role.SYSTEM) {
            throw fields.wrong(
                    "messages",
                    "a conversation that ends with what the user says, or with the beginning of"
                            + " the assistant's answer");
        }
        boolean continues = last == Role.ASSISTANT;
        if (continues
                && (messages.size() < 2 || messages.get(messages.size() - 2).role() != Role.USER)) {
            throw fields.wrong("messages", "a conversation in which the answer's beginning follows what a user says");
        }
        if (fields.flag("continue_final_message", continues) != continues) {
            throw ApiError.wrong(
                    "continue_final_message",
                    continues
                            ? "The last message is the assistant's: it is always continued here; end with the user's, or"
                                    + " leave continue_final_message out."
                            : "continue_final_message needs the assistant's message at the end.");
        }
        if (fields.flag("add_generation_prompt", !continues) == continues) {
            throw ApiError.wrong(
                    "add_generation_prompt",
                    continues
                            ? "The last message is the assistant's: it is continued, and no new turn begins; leave"
                                    + " add_generation_prompt out."
                            : "add_generation_prompt: false needs the assistant's message at the end.");
        }
    }

    private static Message message(JsonNode message, String place) {
        if (!message.isObject()) {
            throw ApiError.wrong(place, place + " must be an object with role and content.");
        }
        RequestFields fields = new RequestFields(message, place + ".");
        Role role = switch (fields.text("role", "system, developer, user or assistant")) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" ->
                throw ApiError.unsupported(place + ".role", place + ".role: tools are not done by this server.");
            default -> throw fields.wrong("role", "system, developer, user or assistant");
        };
        if (role == Role.ASSISTANT) {
            for (String calls : List.of("tool_calls", "function_call", "audio")) {
                if (fields.has(calls) && !fields.of(calls).isEmpty()) {
                    throw ApiError.unsupported(
                            place + "." + calls, place + "." + calls + " is not done by this server.");
                }
            }
            if (fields.has("refusal")) {
                throw ApiError.unsupported(place + ".refusal", place + ".refusal: give what was said as content.");
            }
            List<String> known = new ArrayList<>(OF_ASSISTANTS);
            known.add("tool_calls");
            fields.only(known);
        } else {
            fields.only(List.of("role", "content"));
        }
        return content(fields, role);
    }

    private static Message content(RequestFields fields, Role role) {
        JsonNode content = fields.of("content");
        if (content.isString()) {
            return new Message(role, List.of(), content.stringValue());
        }
        if (!content.isArray() || content.isEmpty()) {
            throw fields.wrong("content", "a text or a list of parts");
        }
        StringBuilder text = new StringBuilder();
        List<String> pictures = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            RequestFields part = new RequestFields(content.get(i), fields.name("content") + "[" + i + "].");
            switch (content.get(i).path("type").asString("")) {
                case "text" -> {
                    part.only(List.of("type", "text"));
                    text.append(part.text("text", "a text"));
                }
                case "image_url" -> {
                    if (role != Role.USER) {
                        throw ApiError.unsupported(
                                part.name("type"), part.name("type") + ": users alone show pictures.");
                    }
                    part.only(List.of("type", "image_url"));
                    pictures.add(picture(part));
                }
                default -> throw part.wrong("type", "text or image_url");
            }
        }
        return new Message(role, pictures, text.toString());
    }

    private static String picture(RequestFields part) {
        JsonNode value = part.of("image_url");
        if (!value.isObject()) {
            throw part.wrong("image_url", "an object with the picture's url");
        }
        RequestFields fields = new RequestFields(value, part.name("image_url."));
        fields.only(List.of("url", "detail"));
        String detail = fields.has("detail") ? fields.text("detail", "auto or high") : "auto";
        if (!detail.equals("auto") && !detail.equals("high")) {
            throw ApiError.unsupported(
                    fields.name("detail"),
                    fields.name("detail")
                            + " can be auto or high: a picture is seen in the size that the model wants.");
        }
        String url = fields.text("url", "a data URL");
        if (!url.startsWith("data:")) {
            throw ApiError.unsupported(
                    fields.name("url"),
                    fields.name("url")
                            + " must be a data URL (data:image/png;base64,...): this server fetches nothing.");
        }
        return url;
    }
}
