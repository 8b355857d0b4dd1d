package org.espalier.ssui.agent;

import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What changed between two states of a sample's words, so that nothing an agent wrote is ever lost. */
final class FieldChanges {
    private FieldChanges() {}

    /** One entry a changed field: {@code field}, {@code before} and {@code after}; before is left out where empty. */
    public static ArrayNode between(ObjectNode before, ObjectNode after) {
        ArrayNode changes = Json.object().putArray("changes");
        after.properties().forEach(field -> {
            JsonNode old = before.path(field.getKey());
            if (!old.equals(field.getValue())) {
                ObjectNode change = changes.addObject().put("field", field.getKey());
                if (!empty(old)) {
                    change.set("before", old);
                }
                change.set("after", field.getValue());
            }
        });
        return changes;
    }

    private static boolean empty(JsonNode value) {
        return value.isMissingNode()
                || (value.isArray() && value.isEmpty())
                || (value.isString() && value.stringValue().isEmpty());
    }
}
