package org.espalier.endpoint.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON that an answer is to be. The server is told where it can enforce it; else the words of the prompt must ask
 * for it.
 *
 * @param name letters, digits, {@code _} and {@code -}: the name of the schema in the request
 * @param schema a JSON Schema of an object
 */
public record AnswerSchema(String name, ObjectNode schema) {
    public AnswerSchema {
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a schema: 1 to 64 letters, digits, _ and -");
        }
    }
}
