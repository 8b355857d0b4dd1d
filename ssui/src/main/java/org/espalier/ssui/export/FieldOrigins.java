package org.espalier.ssui.export;

import java.util.List;
import java.util.Set;
import org.espalier.core.file.Json;
import org.espalier.ssui.review.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who wrote each field last: an agent (with model, prompt and response) or a person. */
final class FieldOrigins {
    private static final Set<String> FIELDS = Set.of("query", "steps", "answer", "risk", "category");

    private FieldOrigins() {}

    /**
     * One entry a field that somebody is known to have written.
     *
     * @param known what the draft itself says of it
     * @param history what agents changed, oldest first, as the tag keeps it
     * @param events what people did
     */
    static ObjectNode of(JsonNode known, JsonNode history, List<Event> events) {
        ObjectNode origins = known instanceof ObjectNode told ? told.deepCopy() : Json.object();
        history.forEach(entry -> entry.path("changes").forEach(change -> {
            String field = change.path("field").asString("");
            if (FIELDS.contains(field)) {
                ObjectNode origin = Json.object();
                for (String fact : List.of("agent", "endpoint", "model", "prompt", "response")) {
                    if (entry.has(fact)) {
                        origin.set(fact, entry.path(fact));
                    }
                }
                origins.set(field, origin);
            }
        }));
        for (Event event : events) {
            if (event instanceof Event.Revised revised
                    && !revised.undone()
                    && revised.undoes().isEmpty()) {
                revised.changes()
                        .forEach(change -> origins.set(
                                change.field(),
                                Json.object()
                                        .put("person", revised.reviewer())
                                        .put("at", revised.at().toString())));
            }
        }
        return origins;
    }
}
