package org.espalier.bench.internal;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Records in a JSON file of somebody else's. */
public final class JsonData {
    private JsonData() {}

    /** A text or number as text; empty if it is not there. */
    public static String text(JsonNode record, String field) {
        JsonNode value = record.path(field);
        return value.isString() ? value.stringValue().strip() : value.isNumber() ? value.toString() : "";
    }

    /** The first of some fields that holds no text or number; empty where each does. */
    public static Optional<String> missing(JsonNode record, List<String> fields) {
        return fields.stream().filter(field -> text(record, field).isEmpty()).findFirst();
    }
}
