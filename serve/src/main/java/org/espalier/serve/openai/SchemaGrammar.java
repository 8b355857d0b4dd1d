package org.espalier.serve.openai;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.core.file.Json;
import org.espalier.model.grammar.Grammar;
import org.espalier.model.grammar.JsonGrammar;
import tools.jackson.databind.JsonNode;

/** {@code response_format} as the texts that an answer may be. What a schema asks for that is not done is refused by its name. */
public final class SchemaGrammar {
    static final String FORMAT = "response_format";
    private static final String SCHEMA = FORMAT + ".json_schema.schema";
    static final int DEEPEST = 16;
    private static final int LONGEST = 100_000;
    /** Objects, lists, values and numbers between bounds of a schema: all callers wait while one's tokens are looked up. */
    private static final int MOST_PARTS = 5_000;

    private static final int MOST_LETTERS = 100_000;
    private static final int MOST_NUMBERS = 1_000;
    private static final String LEAST = "minimum";
    private static final String MOST = "maximum";

    /** Of a schema's words, those that say nothing about the text. */
    static final List<String> NOTES =
            List.of("title", "description", "default", "examples", "$schema", "$comment", "deprecated");

    private SchemaGrammar() {}

    /**
     * Reads.
     *
     * @param wanted as {@link ChatRequest#schema} has it
     * @return empty where any text will do
     * @throws ApiError if it is no schema, or asks for something that is not done
     */
    public static Optional<Grammar> of(JsonNode wanted) {
        if (wanted.isMissingNode()) {
            return Optional.empty();
        }
        if (wanted.isEmpty()) {
            return Optional.of(JsonGrammar.anyObject(DEEPEST));
        }
        RequestFields fields = new RequestFields(wanted, FORMAT + ".json_schema.");
        fields.only(List.of("name", "description", "schema", "strict"));
        fields.text("name", "a name");
        fields.flag("strict", false);
        JsonNode schema = SchemaReferences.resolved(fields.of("schema"), SCHEMA, MOST_PARTS);
        requireSmall(schema);
        return Optional.of(value(schema, SCHEMA, 1));
    }

    private static void requireSmall(JsonNode schema) {
        int parts = 0;
        long letters = 0;
        Deque<JsonNode> left = new ArrayDeque<>(List.of(schema));
        while (!left.isEmpty() && parts <= MOST_PARTS && letters <= MOST_LETTERS) {
            JsonNode one = left.pop();
            parts += 1 + numbers(one);
            letters += one.isString() ? one.stringValue().length() : 0;
            for (String name : one.propertyNames()) {
                letters += name.length();
            }
            one.forEach(left::push);
        }
        if (parts > MOST_PARTS || letters > MOST_LETTERS) {
            throw ApiError.wrong(
                    FORMAT,
                    SCHEMA + " must have at most " + MOST_PARTS + " parts, with " + MOST_LETTERS + " letters in all.");
        }
    }

    /** Between two bounds, each of which becomes a part. */
    private static int numbers(JsonNode schema) {
        double numbers = schema.path(MOST).asDouble(0) - schema.path(LEAST).asDouble(0);
        return (int) Math.clamp(numbers, 0, MOST_NUMBERS);
    }

    private static Grammar value(JsonNode schema, String place, int depth) {
        if (!schema.isObject() || depth > DEEPEST) {
            throw ApiError.wrong(FORMAT, place + " must be a schema, an object, at most " + DEEPEST + " deep.");
        }
        RequestFields fields = new RequestFields(schema, place + ".");
        for (String word : List.of("enum", "const", "anyOf")) {
            if (schema.has(word)) {
                only(fields, word.equals("anyOf") ? List.of(word) : List.of(word, "type"));
                return word.equals("anyOf") ? anyOf(fields, depth) : constants(fields, word);
            }
        }
        JsonNode type = fields.of("type");
        if (type.isString()) {
            return typed(type.stringValue(), fields, depth);
        }
        if (!type.isArray() || type.isEmpty()) {
            throw fields.wrong("type", "string, integer, number, boolean, null, array or object, or a list of them");
        }
        only(
                fields,
                Stream.concat(Stream.of("type"), type.valueStream().flatMap(SchemaGrammar::words))
                        .toList());
        List<Grammar> ways = new ArrayList<>();
        for (JsonNode one : type) {
            ways.add(known(one.asString(""), fields, depth));
        }
        return new Grammar.Choice(ways);
    }

    private static void only(RequestFields fields, List<String> words) {
        List<String> known = new ArrayList<>(NOTES);
        known.addAll(words);
        for (String name :
                (Iterable<String>) () -> fields.object().propertyNames().iterator()) {
            if (!known.contains(name)) {
                throw ApiError.unsupported(
                        FORMAT,
                        fields.name(name) + " is not done by this server: leave it out, or ask for it in words.");
            }
        }
    }

    private static final Map<String, List<String>> WORDS = Map.of(
            "string", List.of("minLength", "maxLength"),
            "integer", List.of(LEAST, MOST),
            "array", List.of("items", "minItems", "maxItems"),
            "object", List.of("properties", "required", "additionalProperties"));

    private static Stream<String> words(JsonNode type) {
        return WORDS.getOrDefault(type.asString(""), List.of()).stream();
    }

    private static Grammar typed(String type, RequestFields fields, int depth) {
        only(
                fields,
                Stream.concat(Stream.of("type"), WORDS.getOrDefault(type, List.of()).stream())
                        .toList());
        return known(type, fields, depth);
    }

    private static Grammar known(String type, RequestFields fields, int depth) {
        return switch (type) {
            case "string" -> {
                int most = bound(fields, "maxLength").orElse(Grammar.UNBOUNDED);
                yield JsonGrammar.string(least(fields, "minLength", most), most);
            }
            case "integer" -> fields.has(LEAST) || fields.has(MOST) ? integer(fields) : JsonGrammar.integer();
            case "number" -> JsonGrammar.number();
            case "boolean" -> Grammar.choice(Grammar.text("true"), Grammar.text("false"));
            case "null" -> Grammar.text("null");
            case "array" -> {
                int most = bound(fields, "maxItems").orElse(Grammar.UNBOUNDED);
                Grammar item = value(fields.of("items"), fields.name("items"), depth + 1);
                yield JsonGrammar.array(item, least(fields, "minItems", most), most);
            }
            case "object" -> object(fields, depth);
            default ->
                throw fields.wrong(
                        "type", "string, integer, number, boolean, null, array or object, or a list of them");
        };
    }

    /** Each of the numbers is a word of its own. */
    private static Grammar integer(RequestFields fields) {
        String range = "a whole number: bounds stand in pairs, with at most " + MOST_NUMBERS + " numbers in them";
        if (!fields.has(LEAST) || !fields.has(MOST)) {
            throw fields.wrong(fields.has(LEAST) ? MOST : LEAST, range);
        }
        int least = fields.whole(LEAST, Integer.MIN_VALUE, Integer.MAX_VALUE).orElseThrow();
        int most = fields.whole(MOST, Integer.MIN_VALUE, Integer.MAX_VALUE).orElseThrow();
        if (most < least || (long) most - least >= MOST_NUMBERS) {
            throw fields.wrong(MOST, range);
        }
        return new Grammar.Choice(IntStream.rangeClosed(least, most)
                .mapToObj(number -> Grammar.text(Integer.toString(number)))
                .toList());
    }

    private static Optional<Integer> bound(RequestFields fields, String name) {
        return fields.has(name) ? Optional.of(fields.whole(name, 0, LONGEST).orElse(0)) : Optional.empty();
    }

    private static int least(RequestFields fields, String name, int most) {
        int least = bound(fields, name).orElse(0);
        if (least > most) {
            throw fields.wrong(name, "at most " + most + ", as the upper bound beside it is");
        }
        return least;
    }

    private static Grammar anyOf(RequestFields fields, int depth) {
        JsonNode all = fields.of("anyOf");
        if (!all.isArray() || all.isEmpty()) {
            throw fields.wrong("anyOf", "a list of schemas");
        }
        List<Grammar> ways = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            ways.add(value(all.get(i), fields.name("anyOf") + "[" + i + "]", depth + 1));
        }
        return new Grammar.Choice(ways);
    }

    private static Grammar constants(RequestFields fields, String word) {
        JsonNode given = fields.object().path(word);
        JsonNode all = word.equals("const") ? Json.object().putArray("all").add(given) : given;
        List<String> types = fields.of("type").isString()
                ? List.of(fields.of("type").stringValue())
                : fields.of("type").valueStream().map(one -> one.asString("")).toList();
        List<Grammar> ways = new ArrayList<>();
        for (JsonNode one : all) {
            if (one.isContainer() || !types.isEmpty() && types.stream().noneMatch(type -> is(one, type))) {
                throw fields.wrong(
                        word, "of strings, numbers, true, false and null, of the type that stands beside it");
            }
            ways.add(Grammar.text(Json.line(one)));
        }
        if (ways.isEmpty() || !all.isArray()) {
            throw fields.wrong(word, "a list of at least one value");
        }
        return new Grammar.Choice(ways);
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.canConvertToExactIntegral();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static Grammar object(RequestFields fields, int depth) {
        JsonNode properties = fields.of("properties");
        JsonNode others = fields.of("additionalProperties");
        if (!properties.isMissingNode() && !properties.isObject()) {
            throw fields.wrong("properties", "an object of schemas");
        }
        if (!others.isMissingNode() && !(others.isBoolean() && !others.booleanValue())) {
            throw ApiError.unsupported(
                    FORMAT, fields.name("additionalProperties") + " can be false alone: name the properties.");
        }
        Set<String> required = required(fields, properties);
        List<JsonGrammar.Property> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : properties.properties()) {
            all.add(new JsonGrammar.Property(
                    one.getKey(),
                    value(one.getValue(), fields.name("properties." + one.getKey()), depth + 1),
                    required.contains(one.getKey())));
        }
        return JsonGrammar.object(all, name -> Json.line(Json.object().stringNode(name)));
    }

    private static Set<String> required(RequestFields fields, JsonNode properties) {
        Set<String> required = new HashSet<>();
        for (JsonNode one : fields.of("required")) {
            if (!one.isString() || !properties.has(one.stringValue())) {
                throw fields.wrong("required", "a list of names that stand in properties");
            }
            required.add(one.stringValue());
        }
        return required;
    }
}
