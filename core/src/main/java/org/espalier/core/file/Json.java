package org.espalier.core.file;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as our files have it: a key stands once, nothing follows the value, fields keep their order; a record's
 * components become fields in {@code snake_case}.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(limits())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private Json() {}

    /** How deep values may stand in one another, and how many digits a number has: with more it may be no double. */
    public static StreamReadConstraints limits() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(200)
                .maxNumberLength(300)
                .build();
    }

    /** A new object without fields. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Any value as JSON: a record, a map, a list, a number, a text. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * The record that {@link #tree} wrote; only what is optional may be missing.
     *
     * @throws JacksonException if it is not one
     */
    public static <T> T as(JsonNode value, Class<T> kind) {
        return MAPPER.treeToValue(value, kind);
    }

    /** One value on one line. */
    public static String line(JsonNode value) {
        return MAPPER.writeValueAsString(value);
    }

    /** One value over many indented lines, for people; ends with a line end. */
    public static String page(JsonNode value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value) + "\n";
    }

    /**
     * Reads one value.
     *
     * @throws JacksonException with a place if it is not JSON
     */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /**
     * Reads one value of a file. None of its texts holds half a character (a surrogate without the other one): written
     * again it would be a question mark, and a tokenizer would make another sign of it.
     *
     * @throws JacksonException if it is not JSON, or not of whole characters
     */
    public static JsonNode ofFile(String text) {
        JsonNode value = parse(text);
        // A file that is UTF-8 can hold it in escaped form alone.
        if (text.contains("\\ud") || text.contains("\\uD")) {
            refuseHalfCharacters(value);
        }
        return value;
    }

    /**
     * The text that a value is; null is none.
     *
     * @throws JacksonException if it is none
     */
    public static String text(JsonNode value) {
        if (!value.isString()) {
            throw new StreamReadException("a " + value.getNodeType() + " stands where a text is needed");
        }
        return value.stringValue();
    }

    private static void refuseHalfCharacters(JsonNode value) {
        if (value.isString()) {
            refuseHalfCharacter(value.stringValue());
        } else {
            // Of names the parser looks itself.
            value.valueStream().forEach(Json::refuseHalfCharacters);
        }
    }

    private static void refuseHalfCharacter(String text) {
        text.codePoints()
                .filter(sign -> Character.getType(sign) == Character.SURROGATE)
                .findFirst()
                .ifPresent(half -> {
                    throw new StreamReadException(
                            String.format("\\u%04x in a text is half a character; write the whole one, or none", half));
                });
    }

    /** What is wrong, in a clause without the parser's own quoting of the source and the names of its switches. */
    public static String complaint(JacksonException e) {
        String said = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        String first = said.lines()
                .findFirst()
                .orElse("")
                .replaceAll("^Trailing token .*", "a second value follows the first")
                .replaceAll(", from `[^`]*`", "")
                .replaceAll(":? \\(?(enable|consider enabling|not recognized as one) .*", "")
                .replaceAll(" \\((start marker at|from) .*\\)", "")
                .strip();
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        return "is not JSON" + (column > 0 ? " from column " + column : "") + (first.isEmpty() ? "" : ": " + first);
    }
}
