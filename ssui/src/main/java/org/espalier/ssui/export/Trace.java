package org.espalier.ssui.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.espalier.core.file.Json;
import org.espalier.ssui.review.Event;
import org.espalier.ssui.review.Reviewed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Where each sentence of a sample comes from: for each field which agents and people wrote it, and the models' answers
 * from which agents took it.
 *
 * @param events what people did to the sample
 * @param answers the body of an answer by its key in the journal; empty where the journal does not hold it
 */
public record Trace(Reviewed reviewed, List<Event> events, Function<String, Optional<byte[]>> answers) {
    private static final List<String> FIELDS = List.of("query", "scenario", "steps", "answer", "risk", "category");
    private static final int SHORT = 12;

    public Trace {
        events = List.copyOf(events);
    }

    /** As people read it. */
    public List<String> lines() {
        ArrayNode history = People.history(reviewed.original().tag().path("history"), events);
        JsonNode sample = reviewed.current().json();
        Map<String, String> answered = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        lines.add("Sample " + reviewed.id() + ", " + reviewed.state().label());
        for (String field : FIELDS) {
            JsonNode value =
                    sample.has(field) ? sample.path(field) : sample.path("tag").path(field);
            if (!value.isMissingNode()) {
                lines.add("");
                lines.add(field + ": " + text(value));
                for (JsonNode entry : history) {
                    for (JsonNode change : entry.path("changes")) {
                        if (change.path("field").asString("").equals(field)) {
                            lines.add("  " + who(entry) + what(change));
                            answered.putIfAbsent(
                                    entry.path("response").asString(""),
                                    entry.path("agent").asString("") + " agent");
                        }
                    }
                }
            }
        }
        answered.remove("");
        answered.forEach((key, who) -> {
            lines.add("");
            lines.add("response " + key + ", " + who);
            answer(key).lines().forEach(line -> lines.add("  " + line));
        });
        return lines;
    }

    private static String who(JsonNode entry) {
        if (entry.has("person")) {
            return entry.path("person").asString("") + ", " + entry.path("at").asString("")
                    + (entry.has("undone") ? ", taken back later" : "")
                    + (entry.has("undoes")
                            ? ", taking change " + entry.path("undoes").asInt() + " back"
                            : "");
        }
        return entry.path("agent").asString("") + " agent: "
                + entry.path("model").asString("") + " at "
                + entry.path("endpoint").asString("") + ", prompt "
                + cut(entry.path("prompt").asString("")) + ", response "
                + cut(entry.path("response").asString(""));
    }

    private static String cut(String hash) {
        return hash.length() > SHORT ? hash.substring(0, SHORT) : hash;
    }

    /** An agent's first words are those of its answer; a change says what stood there before. */
    private static String what(JsonNode change) {
        JsonNode before = change.path("before");
        return before.isMissingNode() ? "" : "\n    from " + text(before) + "\n    to   " + text(change.path("after"));
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(" | "))
                : value.asString("");
    }

    private String answer(String key) {
        return answers.apply(key)
                .map(body -> said(new String(body, StandardCharsets.UTF_8)))
                .orElse("(the journal of this run does not hold it)");
    }

    /** What the model said, out of the body of any provider's answer; the whole body where none of them is known. */
    private static String said(String body) {
        try {
            JsonNode answer = Json.parse(body);
            List<JsonNode> texts =
                    new ArrayList<>(List.of(answer.at("/choices/0/message/content"), answer.path("text")));
            answer.path("content").forEach(block -> texts.add(block.path("text")));
            answer.at("/candidates/0/content/parts").forEach(part -> texts.add(part.path("text")));
            String said = texts.stream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .collect(Collectors.joining());
            return said.isEmpty() ? body : said;
        } catch (JacksonException e) {
            return body;
        }
    }
}
