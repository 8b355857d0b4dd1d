package org.espalier.greenhouse.serve;

import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays an agent that the greenhouse knows nothing of: it lets everything pass. Each field of the schema that was sent
 * takes the value of the same name among the data it was shown, where there is one of that type; else it is true, the
 * first of several words, or empty.
 */
final class SchemaPlayer implements Player {
    /** Judges repeat that of what they are shown. */
    private static final String MARK = "mark";

    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        JsonNode data = call.data();
        ObjectNode answer = Json.object();
        call.schema()
                .path("properties")
                .properties()
                .forEach(field -> answer.set(field.getKey(), value(field.getValue(), data.path(field.getKey()))));
        return answer.has(MARK) ? answer.put(MARK, call.mark()) : answer;
    }

    private static JsonNode value(JsonNode kind, JsonNode shown) {
        JsonNode words = kind.path("enum");
        return switch (kind.path("type").asString("")) {
            case "boolean" -> shown.isBoolean() ? shown : Json.tree(true);
            case "array" -> shown.isArray() ? shown : Json.object().putArray("none");
            case "integer", "number" -> shown.isNumber() ? shown : Json.tree(0);
            default ->
                words.isEmpty()
                        ? (shown.isString() ? shown : Json.tree(""))
                        : words.valueStream().anyMatch(shown::equals) ? shown : words.get(0);
        };
    }
}
