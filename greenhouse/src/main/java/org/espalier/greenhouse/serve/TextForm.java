package org.espalier.greenhouse.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A form that an answer is to be written into instead of JSON, as published judges are asked: fields in braces, one with a
 * capital where words of the value begin with one too.
 */
record TextForm(String form) {
    private static final String BEGINS = "Answer in this form alone, with what each brace names in its place:\n";
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");

    /** The one that a question ends with. */
    static Optional<TextForm> of(String question) {
        int at = question.lastIndexOf(BEGINS);
        return at < 0
                ? Optional.empty()
                : Optional.of(
                        new TextForm(question.substring(at + BEGINS.length()).strip()));
    }

    String filled(ObjectNode fields) {
        return FIELD.matcher(form).replaceAll(field -> Matcher.quoteReplacement(value(field.group(1), fields)));
    }

    private static String value(String field, ObjectNode fields) {
        JsonNode value = fields.path(field.toLowerCase(Locale.ROOT));
        String words = value.isString() ? value.stringValue() : value.toString();
        return Character.isUpperCase(field.charAt(0))
                ? Arrays.stream(words.strip().split("(?<= )"))
                        .map(TextForm::capital)
                        .collect(Collectors.joining())
                : words;
    }

    private static String capital(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
