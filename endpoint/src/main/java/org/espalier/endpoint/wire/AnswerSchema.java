package org.espalier.endpoint.wire;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON that an answer is to be. The server is told where it can enforce it; else the words of the prompt must ask
 * for it.
 *
 * @param name letters, digits, {@code _} and {@code -}: the name of the schema in the request
 * @param schema a JSON Schema of an object
 * @param known what some of its texts have to be in this one answer: told to servers to which a schema for each request costs
 *     nothing, as it does where each is compiled for many
 */
public record AnswerSchema(String name, ObjectNode schema, Map<String, String> known) {
    /** Without anything that is known. */
    public AnswerSchema(String name, ObjectNode schema) {
        this(name, schema, Map.of());
    }

    public AnswerSchema {
        known = Map.copyOf(known);
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a schema: 1 to 64 letters, digits, _ and -");
        }
    }

    /** The schema of this one answer. */
    ObjectNode exact() {
        ObjectNode exact = schema.deepCopy();
        known.forEach((field, text) -> {
            if (exact.path("properties").path(field) instanceof ObjectNode property) {
                property.put("const", text);
            }
        });
        return exact;
    }
}
