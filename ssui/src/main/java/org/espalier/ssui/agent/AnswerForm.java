package org.espalier.ssui.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.endpoint.wire.AnswerSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an agent's answer must hold: said once, and used as the schema that servers enforce, as words for those that
 * cannot, and as the check of what came.
 *
 * @param fields by name, in the order in which they are asked for
 */
public record AnswerForm(String name, Map<String, Field> fields) {
    /** One field. */
    sealed interface Field {
        /** What the field is for, as the agent is told. */
        String purpose();

        /** True or false. */
        record Flag(String purpose) implements Field {}

        /** A text of some length in characters. */
        record Text(String purpose, int least, int most) implements Field {}

        /** A list of texts. */
        record Texts(String purpose, int fewest, int mostTexts, int most) implements Field {}

        /** One of several. */
        record Choice(String purpose, List<String> values) implements Field {}
    }

    public AnswerForm {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A form without fields. */
    static AnswerForm named(String name) {
        return new AnswerForm(name, Map.of());
    }

    AnswerForm flag(String field, String purpose) {
        return with(field, new Field.Flag(purpose));
    }

    AnswerForm text(String field, int least, int most, String purpose) {
        return with(field, new Field.Text(purpose, least, most));
    }

    AnswerForm texts(String field, int fewest, int mostTexts, int most, String purpose) {
        return with(field, new Field.Texts(purpose, fewest, mostTexts, most));
    }

    AnswerForm choice(String field, List<String> values, String purpose) {
        return with(field, new Field.Choice(purpose, List.copyOf(values)));
    }

    private AnswerForm with(String field, Field kind) {
        Map<String, Field> more = new LinkedHashMap<>(fields);
        more.put(field, kind);
        return new AnswerForm(name, more);
    }

    /** As servers are told it: every field required, none besides. */
    public AnswerSchema shape() {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        fields.forEach((field, kind) -> properties.set(field, schema(kind)));
        schema.set("required", Json.tree(List.copyOf(fields.keySet())));
        return new AnswerSchema(name, schema.put("additionalProperties", false));
    }

    private static ObjectNode schema(Field kind) {
        ObjectNode schema = Json.object().put("description", kind.purpose());
        switch (kind) {
            case Field.Flag _ -> schema.put("type", "boolean");
            case Field.Text _ -> schema.put("type", "string");
            case Field.Texts _ -> schema.put("type", "array").putObject("items").put("type", "string");
            case Field.Choice(String _, List<String> values) ->
                schema.put("type", "string").set("enum", Json.tree(values));
        }
        return schema;
    }

    /** As a prompt says it. */
    public String words() {
        StringBuilder words = new StringBuilder("Answer with one JSON object and nothing else. Its fields:\n");
        fields.forEach((field, kind) -> words.append("- \"")
                .append(field)
                .append("\" (")
                .append(kind(kind))
                .append("): ")
                .append(kind.purpose())
                .append('\n'));
        return words.toString();
    }

    private static String kind(Field kind) {
        return switch (kind) {
            case Field.Flag _ -> "true or false";
            case Field.Text(String _, int least, int most) ->
                "text, " + (least == 0 ? "may be empty, at most " : least + " to ") + most + " characters";
            case Field.Texts(String _, int fewest, int mostTexts, int most) ->
                "list of " + fewest + " to " + mostTexts + " texts of at most " + most + " characters each";
            case Field.Choice(String _, List<String> values) ->
                values.size() <= 5 ? "one of " + String.join(", ", values) : "one of the ids you were given";
        };
    }

    /** Everything that is wrong with an answer; empty if it holds what it must. */
    public List<String> check(JsonNode answer) {
        if (!(answer instanceof ObjectNode object)) {
            return List.of("it is not a JSON object");
        }
        List<String> complaints = new ArrayList<>();
        fields.forEach((field, kind) ->
                wrong(object.path(field), kind).ifPresent(what -> complaints.add("\"" + field + "\" " + what)));
        long strangers = object.propertyNames().stream()
                .filter(name -> !fields.containsKey(name))
                .count();
        if (strangers > 0) {
            complaints.add("it has " + strangers + " fields that were not asked for");
        }
        return complaints;
    }

    private static Optional<String> wrong(JsonNode value, Field kind) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of("is missing");
        }
        return switch (kind) {
            case Field.Flag _ -> value.isBoolean() ? Optional.empty() : Optional.of("is not true or false");
            case Field.Text(String _, int least, int most) -> text(value, least, most);
            case Field.Texts(String _, int fewest, int mostTexts, int most) -> texts(value, fewest, mostTexts, most);
            case Field.Choice(String _, List<String> values) ->
                value.isString() && values.contains(value.stringValue())
                        ? Optional.empty()
                        : Optional.of("is not one of the ids or words that are allowed");
        };
    }

    private static Optional<String> texts(JsonNode value, int fewest, int mostTexts, int most) {
        if (!value.isArray()) {
            return Optional.of("is not a list");
        }
        if (value.size() < fewest || value.size() > mostTexts) {
            return Optional.of("has " + value.size() + " entries, not " + fewest + " to " + mostTexts);
        }
        for (int i = 0; i < value.size(); i++) {
            int number = i + 1;
            Optional<String> wrong = text(value.get(i), 1, most);
            if (wrong.isPresent()) {
                return wrong.map(what -> "entry " + number + " " + what);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode value, int least, int most) {
        if (!value.isString()) {
            return Optional.of("is not a text");
        }
        String text = value.stringValue().strip();
        if (text.length() < least) {
            return Optional.of(text.isEmpty() ? "is empty" : "is shorter than " + least + " characters");
        }
        return text.length() > most
                ? Optional.of("is longer than " + most + " characters")
                : PromptInjection.in(text).map(sign -> "holds " + sign);
    }
}
