package org.espalier.bench.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a judge must answer: a JSON object of these fields, and the mark of the fence, so that an object that only quotes
 * the judged text is never taken for the judge's own.
 *
 * @param name of the schema: letters, digits, {@code _} and {@code -}
 * @param contradiction says what is at odds in an answer whose fields are each in order
 * @param published how the published program asks for the same fields and reads them, where it is to be done its way
 */
public record JudgeForm(
        String name,
        List<Field> fields,
        Function<FilledForm, Optional<String>> contradiction,
        Optional<PublishedForm> published) {
    /** The field that repeats the fence's mark. */
    public static final String MARK = "mark";

    /** One field and what may stand in it. */
    public sealed interface Field {
        String name();

        String note();

        /**
         * A whole number from {@code least} to {@code most}.
         *
         * @param optional whether nothing, or null, stands for 0
         */
        record Whole(String name, int least, int most, boolean optional, String note) implements Field {}

        /** One of some words. */
        record Choice(String name, List<String> words, String note) implements Field {
            public Choice {
                words = List.copyOf(words);
            }
        }

        /** True or false. */
        record Flag(String name, String note) implements Field {}

        /** Free words, which decide nothing. */
        record Words(String name, String note) implements Field {}
    }

    public JudgeForm {
        fields = List.copyOf(fields);
    }

    /** A form without fields. */
    public static JudgeForm named(String name) {
        return new JudgeForm(name, List.of(), _ -> Optional.empty(), Optional.empty());
    }

    public JudgeForm number(String field, int least, int most, String note) {
        return with(new Field.Whole(field, least, most, false, note));
    }

    /** A number from 1 that may be left out: then it is 0, as it may also be said to be. */
    public JudgeForm numberIfAny(String field, int most, String note) {
        return with(new Field.Whole(field, 0, most, true, note));
    }

    public JudgeForm choice(String field, List<String> words, String note) {
        return with(new Field.Choice(field, words, note));
    }

    public JudgeForm flag(String field, String note) {
        return with(new Field.Flag(field, note));
    }

    public JudgeForm words(String field, String note) {
        return with(new Field.Words(field, note));
    }

    /** The same form, refusing answers that are at odds with themselves. */
    public JudgeForm refusing(Function<FilledForm, Optional<String>> rule) {
        return new JudgeForm(name, fields, rule, published);
    }

    /** The same fields, asked for and read as a published program does. */
    public JudgeForm as(PublishedForm theirs) {
        return new JudgeForm(name, fields, contradiction, Optional.of(theirs));
    }

    private JudgeForm with(Field field) {
        List<Field> more = new ArrayList<>(fields);
        more.add(field);
        return new JudgeForm(name, more, contradiction, published);
    }

    /** The form in words, for the end of a question. */
    String asked() {
        return published
                .map(PublishedForm::asked)
                .orElseGet(() -> asked("the mark that stands in the first marked line, copied"));
    }

    /** @param mark where it is to be had, or what it is */
    String asked(String mark) {
        return "Answer with one JSON object and nothing else, with these fields:\n- \"" + MARK + "\": " + mark + "\n"
                + notes();
    }

    /** Its fields in words, one a line. */
    public String notes() {
        StringBuilder out = new StringBuilder();
        for (Field field : fields) {
            String kind = switch (field) {
                case Field.Whole n -> "a whole number from " + n.least() + " to " + n.most();
                case Field.Choice c -> "one of " + String.join(", ", c.words());
                case Field.Flag _ -> "true or false";
                case Field.Words _ -> "a short text";
            };
            out.append("- \"").append(field.name()).append("\": ").append(kind);
            out.append("; ").append(field.note()).append('\n');
        }
        return out.toString();
    }

    /** What servers that can keep an answer to a JSON Schema are sent; empty where a published program sends none. */
    public Optional<ObjectNode> keptTo() {
        return published.isEmpty() || published.get().structured() ? Optional.of(schema()) : Optional.empty();
    }

    /** The form as a JSON Schema. */
    public ObjectNode schema() {
        boolean marked = published.isEmpty();
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        if (marked) {
            properties.putObject(MARK).put("type", "string");
        }
        for (Field field : fields) {
            ObjectNode property = properties.putObject(field.name()).put("description", field.note());
            switch (field) {
                case Field.Whole n ->
                    property.put("type", "integer").put("minimum", n.least()).put("maximum", n.most());
                case Field.Choice c -> property.put("type", "string").set("enum", Json.tree(c.words()));
                case Field.Flag _ -> property.put("type", "boolean");
                case Field.Words _ -> property.put("type", "string");
            }
        }
        ArrayNode required = schema.putArray("required");
        if (marked) {
            required.add(MARK);
        }
        fields.forEach(field -> required.add(field.name()));
        schema.put("additionalProperties", false);
        return schema;
    }

    /** What is wrong with an object as an answer, in a clause; empty if nothing is. */
    Optional<String> fault(ObjectNode answer) {
        for (Field field : fields) {
            JsonNode value = answer.path(field.name());
            boolean good = switch (field) {
                case Field.Whole n ->
                    n.optional() && (value.isNull() || value.isMissingNode())
                            || value.isIntegralNumber()
                                    && value.canConvertToInt()
                                    && n.least() <= value.intValue()
                                    && value.intValue() <= n.most();
                case Field.Choice c -> value.isString() && c.words().contains(value.stringValue());
                case Field.Flag _ -> value.isBoolean();
                case Field.Words _ -> value.isString() || value.isMissingNode() || value.isNull();
            };
            if (!good) {
                return Optional.of(
                        "its field \"" + field.name() + "\" is " + (value.isMissingNode() ? "missing" : "out of form"));
            }
        }
        return Optional.empty();
    }

    /** The fields that decide, as one line: two answers that agree in it are the same verdict. */
    String verdict(ObjectNode answer) {
        StringBuilder out = new StringBuilder();
        for (Field field : fields) {
            if (!(field instanceof Field.Words)) {
                JsonNode value = answer.path(field.name());
                boolean nothing = field instanceof Field.Whole && !value.isIntegralNumber();
                out.append(nothing ? "0" : Json.line(value)).append(' ');
            }
        }
        return out.toString();
    }
}
