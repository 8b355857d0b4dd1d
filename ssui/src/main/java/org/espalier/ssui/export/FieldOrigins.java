package org.espalier.ssui.export;

import java.util.List;
import java.util.Set;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who wrote each field last: an agent (with model, prompt and response) or a person. */
final class FieldOrigins {
    private static final Set<String> FIELDS = Set.of("query", "steps", "answer", "risk", "category");
    private static final List<String> FACTS =
            List.of("agent", "endpoint", "model", "prompt", "response", "person", "at");

    private FieldOrigins() {}

    /**
     * One entry a field that somebody is known to have written.
     *
     * @param known what the draft itself says of it
     * @param history what agents and people changed, oldest first, as the tag keeps it
     */
    static ObjectNode of(JsonNode known, JsonNode history) {
        ObjectNode origins = known instanceof ObjectNode told ? told.deepCopy() : Json.object();
        for (JsonNode entry : history) {
            // What was taken back and what took it back leave a field as it was.
            if (!entry.has("undone") && !entry.has("undoes")) {
                entry.path("changes")
                        .forEach(change -> note(entry, change.path("field").asString(""), origins));
            }
        }
        return origins;
    }

    private static void note(JsonNode entry, String field, ObjectNode origins) {
        if (FIELDS.contains(field)) {
            ObjectNode origin = origins.putObject(field);
            for (String fact : FACTS) {
                if (entry.has(fact)) {
                    origin.set(fact, entry.path(fact));
                }
            }
        }
    }
}
