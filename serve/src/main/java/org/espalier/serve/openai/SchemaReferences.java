package org.espalier.serve.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts schemas that stand once under {@code $defs} where {@code $ref} means them, as clients write classes and enumerations.
 * One that contains itself would have no end, and is refused.
 */
final class SchemaReferences {
    private static final String REFERENCE = "$ref";
    private static final List<String> PLACES = List.of("$defs", "definitions");

    private final JsonNode root;
    private final String place;
    private final int most;
    private final List<String> open = new ArrayList<>();
    private int parts;

    private SchemaReferences(JsonNode root, String place, int most) {
        this.root = root;
        this.place = place;
        this.most = most;
    }

    /**
     * A schema without references.
     *
     * @param place of the schema in the request
     * @param most parts that it may have
     * @throws ApiError if it would have more, or a reference leads nowhere
     */
    static JsonNode resolved(JsonNode root, String place, int most) {
        if (!root.isObject()) {
            return root;
        }
        ObjectNode bare = Json.object();
        for (Map.Entry<String, JsonNode> one : root.properties()) {
            if (!PLACES.contains(one.getKey())) {
                bare.set(one.getKey(), one.getValue());
            }
        }
        return new SchemaReferences(root, place, most).of(bare);
    }

    private JsonNode of(JsonNode one) {
        if (++parts > most) {
            throw ApiError.wrong(
                    SchemaGrammar.FORMAT,
                    place + " must have at most " + most + " parts, those that are meant included.");
        }
        if (one.path(REFERENCE).isString()) {
            return meant(one);
        }
        if (one.isObject()) {
            ObjectNode copy = Json.object();
            one.properties().forEach(field -> copy.set(field.getKey(), of(field.getValue())));
            return copy;
        }
        if (one.isArray()) {
            ArrayNode copy = Json.object().putArray("all");
            one.forEach(item -> copy.add(of(item)));
            return copy;
        }
        return one;
    }

    private JsonNode meant(JsonNode one) {
        String name = one.path(REFERENCE).stringValue();
        for (String beside : (Iterable<String>) () -> one.propertyNames().iterator()) {
            if (!beside.equals(REFERENCE) && !SchemaGrammar.NOTES.contains(beside)) {
                throw ApiError.unsupported(
                        SchemaGrammar.FORMAT, place + ": " + beside + " beside $ref is not done by this server.");
            }
        }
        if (open.contains(name) || open.size() >= SchemaGrammar.DEEPEST) {
            throw ApiError.unsupported(
                    SchemaGrammar.FORMAT,
                    place + ": " + name + " contains itself or goes deeper than " + SchemaGrammar.DEEPEST
                            + ", which is not done by this server.");
        }
        JsonNode target = PLACES.stream()
                .filter(kind -> name.startsWith("#/" + kind + "/"))
                .map(kind -> root.path(kind).path(name.substring(kind.length() + 3)))
                .findFirst()
                .orElseGet(() -> root.path("\0none"));
        if (!target.isObject()) {
            throw ApiError.wrong(SchemaGrammar.FORMAT, place + ": $ref must name a schema of #/$defs/.");
        }
        open.add(name);
        JsonNode resolved = of(target);
        open.removeLast();
        return resolved;
    }
}
