package org.espalier.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.core.text.Nearest;

/**
 * A setting that a recipe or a flag may give.
 *
 * @param name as written in recipes, as {@code warm-up-steps}
 * @param type int, long, double, boolean, an enum, or a list of texts
 */
record Key(String name, Class<?> type, Facts facts) {
    /**
     * The value that words stand for.
     *
     * @param words one, or for a list any number
     * @throws IllegalArgumentException with a clause that says what is wrong
     */
    Object parse(List<String> words) {
        if (type == List.class) {
            return List.copyOf(words);
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("takes a value, and there is none");
        }
        if (words.size() != 1) {
            throw new IllegalArgumentException("takes one value, not a list of " + words.size());
        }
        String word = words.getFirst();
        if (type == boolean.class) {
            return truth(word);
        }
        return type.isEnum() ? choice(word) : number(word);
    }

    private static boolean truth(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is true or false, not '" + word + "'");
        };
    }

    private Object choice(String word) {
        for (Object constant : type.getEnumConstants()) {
            if (label((Enum<?>) constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("is one of " + String.join(", ", choices()) + ", not '" + word + "'"
                + Nearest.suggestion(word, choices()));
    }

    /** The words of an enum; empty for every other type. */
    List<String> choices() {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> label((Enum<?>) constant))
                        .toList()
                : List.of();
    }

    /** An enum's constant as recipes write it, as {@code step-mean}. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Object number(String word) {
        Number number;
        try {
            number = type == double.class
                    ? Double.valueOf(word)
                    : type == long.class ? Long.valueOf(word) : (Number) Integer.valueOf(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "is a " + (type == double.class ? "number" : "whole number") + ", not '" + word + "'", e);
        }
        double value = number.doubleValue();
        boolean tooLittle = facts.above() ? !(value > facts.min()) : !(value >= facts.min());
        if (tooLittle || !(value <= facts.max()) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("is " + range() + ", not " + word);
        }
        return number;
    }

    private String range() {
        String from = (facts.above() ? "more than " : "at least ") + plain(facts.min());
        String to = "at most " + plain(facts.max());
        if (Double.isInfinite(facts.max())) {
            return Double.isInfinite(facts.min()) ? "finite" : from;
        }
        return Double.isInfinite(facts.min()) ? to : from + " and " + to;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** What stands for the value in {@code --help}, as {@code INT}. */
    String placeholder() {
        if (type.isEnum()) {
            return String.join("|", choices());
        }
        return type == List.class ? "NAME,..." : type.getSimpleName().toUpperCase(Locale.ROOT);
    }
}
