package org.espalier.core.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.core.Labelled;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one line, read by name and kind. What is missing or of another kind is noted as a problem and replaced
 * by an empty value, so that all problems of a file are found in one reading: use nothing of a line unless
 * {@link #sound()}.
 */
public final class Fields {
    private final ObjectNode object;
    private final long line;
    private final Problems problems;
    private final String prefix;
    private final int before;

    Fields(ObjectNode object, long line, Problems problems) {
        this(object, line, problems, "", problems.count());
    }

    private Fields(ObjectNode object, long line, Problems problems, String prefix, int before) {
        this.object = object;
        this.line = line;
        this.problems = problems;
        this.prefix = prefix;
        this.before = before;
    }

    /** Reads one line by itself; what is no object becomes a problem, and a blank line is empty without one. */
    public static Optional<Fields> of(String text, long line, Problems problems) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            if (Json.ofFile(text) instanceof ObjectNode object) {
                return Optional.of(new Fields(object, line, problems));
            }
            problems.add(line, "is not an object: write one {...} a line");
        } catch (JacksonException e) {
            problems.add(line, Json.complaint(e));
        }
        return Optional.empty();
    }

    /** Those of a value of any kind: what it lacks or has otherwise is empty, and nobody hears of it. */
    public static Fields forgiving(JsonNode value) {
        return new Fields(value instanceof ObjectNode object ? object : Json.object(), 0, new Problems(Path.of("")));
    }

    /** Whether nothing has been wrong with this line so far. */
    public boolean sound() {
        return problems.count() == before;
    }

    /** The whole object, with the fields nobody asked for. */
    public ObjectNode object() {
        return object;
    }

    /** Number of the line, from 1. */
    public long line() {
        return line;
    }

    /** Notes a problem of one field. */
    public void wrong(String field, String what) {
        problems.add(line, prefix + field, what);
    }

    /** Notes a problem of the whole line. */
    public void wrong(String what) {
        problems.add(line, what);
    }

    /** Whether a field is there and not null. */
    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** A text; may be empty. */
    public String text(String field) {
        JsonNode value = required(field);
        if (value == null) {
            return "";
        }
        return value.isString() ? value.stringValue() : wrongKind(field, value, "a text", "");
    }

    /** A text with something in it besides white space. */
    public String words(String field) {
        int so = problems.count();
        String text = text(field);
        if (problems.count() == so && text.isBlank()) {
            wrong(field, "is empty");
        }
        return text;
    }

    /** A whole number. */
    public int integer(String field) {
        return (int) number(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** A whole number of 64 bits. */
    public long whole(String field) {
        return number(field, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long number(String field, long least, long greatest) {
        JsonNode value = required(field);
        if (value == null) {
            return 0;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            long number = value.longValue();
            if (number >= least && number <= greatest) {
                return number;
            }
        }
        return wrongKind(field, value, "a whole number of ordinary size", 0L);
    }

    /** A finite number. */
    public double decimal(String field) {
        JsonNode value = required(field);
        if (value == null) {
            return 0;
        }
        return finite(value) ? value.doubleValue() : wrongKind(field, value, "a finite number", 0.0);
    }

    private static boolean finite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String field) {
        JsonNode value = required(field);
        if (value == null) {
            return false;
        }
        return value.isBoolean() ? value.booleanValue() : wrongKind(field, value, "true or false", false);
    }

    /** One of the constants of a kind, by its label; empty where it is none. */
    public <E extends Enum<E> & Labelled> Optional<E> choice(String field, Class<E> kind) {
        int so = problems.count();
        String label = text(field);
        Optional<E> found = Labelled.find(kind, label);
        if (found.isEmpty() && problems.count() == so) {
            List<String> known =
                    Labelled.labels(kind).stream().map(one -> "\"" + one + "\"").toList();
            wrong(
                    field,
                    "is \"" + label + "\": " + String.join(", ", known.subList(0, known.size() - 1)) + " and "
                            + known.getLast() + " are known");
        }
        return found;
    }

    /** A list of texts. */
    public List<String> texts(String field) {
        return list(field, "texts", value -> value.isString() ? value.stringValue() : null);
    }

    /** A list of whole numbers. */
    public List<Integer> integers(String field) {
        return list(
                field,
                "whole numbers",
                value -> value.canConvertToInt() && value.isIntegralNumber() ? value.intValue() : null);
    }

    /** A list of finite numbers. */
    public List<Double> decimals(String field) {
        return list(field, "finite numbers", value -> finite(value) ? value.doubleValue() : null);
    }

    /** An object inside this one; an empty one if it is missing or of another kind. */
    public Fields inner(String field) {
        JsonNode value = required(field);
        if (value instanceof ObjectNode inner) {
            return inside(inner, field + ".");
        }
        if (value != null) {
            wrongKind(field, value, "an object", 0);
        }
        return inside(Json.object(), field + ".");
    }

    /** An object inside this one, if it is there and not null. */
    public Optional<Fields> innerIfAny(String field) {
        return has(field) ? Optional.of(inner(field)) : Optional.empty();
    }

    /** A list of objects. */
    public List<Fields> inners(String field) {
        List<Fields> inners = new ArrayList<>();
        for (ObjectNode inner : list(field, "objects", value -> value instanceof ObjectNode o ? o : null)) {
            inners.add(inside(inner, field + "[" + inners.size() + "]."));
        }
        return inners;
    }

    private Fields inside(ObjectNode inner, String name) {
        return new Fields(inner, line, problems, prefix + name, before);
    }

    private <T> List<T> list(String field, String kind, Function<JsonNode, @Nullable T> read) {
        JsonNode value = required(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array)) {
            return wrongKind(field, value, "a list of " + kind, List.of());
        }
        List<T> all = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            T one = read.apply(element);
            if (one == null) {
                return wrongKind(field + "[" + all.size() + "]", element, "one of a list of " + kind, List.of());
            }
            all.add(one);
        }
        return all;
    }

    private @Nullable JsonNode required(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            wrong(field, "is missing");
        } else if (value.isNull()) {
            wrong(field, "is null");
            return null;
        }
        return value;
    }

    private <T> T wrongKind(String field, JsonNode value, String wanted, T instead) {
        String shown = Json.line(value);
        wrong(field, "is " + (shown.length() > 40 ? shown.substring(0, 40) + "…" : shown) + ", not " + wanted);
        return instead;
    }
}
