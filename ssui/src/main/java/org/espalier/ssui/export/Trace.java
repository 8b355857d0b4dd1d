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
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.review.Event;
import org.espalier.ssui.review.Reviewed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Where each sentence of a sample comes from: its picture and record, for each field which agents and people wrote it,
 * what every agent did, and the models' answers.
 *
 * @param events what people did to the sample
 * @param picture what is known of its picture
 * @param answers the body of an answer by its key in the journal; empty where the journal does not hold it
 */
public record Trace(
        Reviewed reviewed, List<Event> events, PictureProvenance picture, Function<String, Optional<byte[]>> answers) {
    private static final List<String> FIELDS = List.of("query", "scenario", "steps", "answer", "risk", "category");
    private static final int SHORT = 12;

    public Trace {
        events = List.copyOf(events);
    }

    /** As people read it. */
    public List<String> lines() {
        ArrayNode history = ReviewProvenance.history(reviewed.original().tag().path("history"), events);
        List<String> lines = new ArrayList<>(origin());
        FIELDS.forEach(field -> lines.addAll(field(field, history)));
        lines.addAll(everybody(history));
        lines.addAll(responses(history));
        return lines;
    }

    private List<String> origin() {
        List<String> lines = new ArrayList<>();
        lines.add("Sample " + reviewed.id() + ", " + reviewed.state().label());
        lines.add("picture: " + reviewed.current().image());
        lines.add("  Licence: " + picture.licence().words());
        lines.add("  Source: " + picture.source().words());
        if (!provenance("file").isEmpty()) {
            lines.add("imported from " + provenance("file") + " (" + provenance("source") + ")"
                    + (provenance("record").isEmpty() ? "" : ", " + provenance("record")));
        }
        return lines;
    }

    private String provenance(String field) {
        return reviewed.current().provenance().path(field).asString("");
    }

    private List<String> field(String field, ArrayNode history) {
        JsonNode sample = reviewed.current().json();
        JsonNode value =
                sample.has(field) ? sample.path(field) : sample.path("tag").path(field);
        if (value.isMissingNode()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(field + ":" + text(value, "  "));
        if (field.equals("risk")) {
            lines.add("  set by " + maker());
        }
        for (JsonNode entry : history) {
            for (JsonNode change : entry.path("changes")) {
                if (change.path("field").asString("").equals(field)) {
                    lines.add("  " + who(entry));
                    lines.addAll(what(change));
                }
            }
        }
        return lines;
    }

    /** Whoever made the sample decided whether it is to be refused or answered, before any agent. */
    private String maker() {
        String source = provenance("source");
        return !provenance("file").isEmpty()
                ? "the reader of " + source + " records"
                : source.isEmpty() ? "whoever wrote the sample" : source;
    }

    /** Those too who let everything stand. */
    private static List<String> everybody(ArrayNode history) {
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : history) {
            String changed = entry.path("changes")
                    .valueStream()
                    .map(change -> change.path("field").asString(""))
                    .collect(Collectors.joining(", "));
            lines.add("  " + who(entry) + ": changed " + (changed.isEmpty() ? "nothing" : changed));
            if (entry.has("verdict")) {
                lines.add("    verdict " + Json.line(entry.path("verdict")));
            }
        }
        if (!lines.isEmpty()) {
            lines.addAll(0, List.of("", "one after another:"));
        }
        return lines;
    }

    private List<String> responses(ArrayNode history) {
        Map<String, String> answered = new LinkedHashMap<>();
        history.forEach(entry -> answered.putIfAbsent(
                entry.path("response").asString(""), entry.path("agent").asString("") + " agent"));
        answered.remove("");
        List<String> lines = new ArrayList<>();
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
                            ? ", taking change " + entry.path("undoes").asInt(0) + " back"
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
    private static List<String> what(JsonNode change) {
        JsonNode before = change.path("before");
        return before.isMissingNode()
                ? List.of()
                : List.of("    from" + text(before, "      "), "    to" + text(change.path("after"), "      "));
    }

    /** Behind what names it: a text on the same line, steps each on its own. */
    private static String text(JsonNode value, String indent) {
        if (!value.isArray()) {
            return " " + value.asString("");
        }
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < value.size(); i++) {
            steps.append('\n')
                    .append(indent)
                    .append(i + 1)
                    .append(". ")
                    .append(value.path(i).asString(""));
        }
        return steps.toString();
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
