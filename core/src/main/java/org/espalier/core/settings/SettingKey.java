package org.espalier.core.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.text.Nearest;

/**
 * A setting as people write it.
 *
 * @param name in recipes, as {@code warm-up-steps}
 * @param flag on the command line, without dashes
 * @param type int, long, double, boolean, an enum, a list of texts, or a text that is one of {@code choices}
 * @param help one sentence
 * @param min the smallest number, or what it must exceed where {@code above}
 * @param choices the words that it takes; empty where it takes others
 */
public record SettingKey(
        String name,
        String flag,
        Class<?> type,
        String help,
        double min,
        boolean above,
        double max,
        List<String> choices) {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    public SettingKey {
        choices = List.copyOf(choices);
    }

    /** A choice between words. */
    public static SettingKey choice(String name, String help, List<String> choices) {
        return new SettingKey(
                name, name, String.class, help, Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, choices);
    }

    /** Of a component; empty where it is no setting. */
    public static Optional<SettingKey> of(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(Setting.class)).map(setting -> of(component, setting));
    }

    private static SettingKey of(RecordComponent component, Setting setting) {
        String name = HUMP.matcher(component.getName()).replaceAll("-").toLowerCase(Locale.ROOT);
        boolean above = setting.above() > Double.NEGATIVE_INFINITY;
        Class<?> type = component.getType();
        List<String> choices = type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> label((Enum<?>) constant))
                        .toList()
                : List.of();
        return new SettingKey(
                name,
                setting.flag().isEmpty() ? name : setting.flag(),
                type,
                setting.help(),
                above ? setting.above() : setting.min(),
                above,
                setting.max(),
                choices);
    }

    /**
     * For the constructors of settings records.
     *
     * @param values of all components, in their order
     * @throws InputException if a number is out of its range
     */
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            if (values[i] instanceof Number number) {
                of(components[i])
                        .ifPresent(key -> key.fault(number, number.toString()).ifPresent(fault -> {
                            throw new InputException("'" + key.name() + "' " + fault + ".");
                        }));
            }
        }
    }

    /** What is wrong with a number, as a clause; empty if it may be taken. */
    private Optional<String> fault(Number number, String word) {
        double value = number.doubleValue();
        boolean tooLittle = above ? !(value > min) : !(value >= min);
        return tooLittle || !(value <= max) || Double.isInfinite(value)
                ? Optional.of("is " + range() + ", not " + word)
                : Optional.empty();
    }

    private String range() {
        if (min == max) {
            return plain(min);
        }
        String from = (above ? "more than " : "at least ") + plain(min);
        String to = "at most " + plain(max);
        if (Double.isInfinite(max)) {
            return Double.isInfinite(min) ? "finite" : from;
        }
        return Double.isInfinite(min) ? to : from + " and " + to;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /**
     * The value that words stand for.
     *
     * @param words one, or for a list any number
     * @throws IllegalArgumentException with a clause that says what is wrong
     */
    public Object parse(List<String> words) {
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
        return choices.isEmpty() ? number(word) : choice(word);
    }

    private static boolean truth(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is true or false, not '" + word + "'");
        };
    }

    private Object choice(String word) {
        int place = choices.indexOf(word);
        if (place < 0) {
            throw new IllegalArgumentException("is one of " + String.join(", ", choices) + ", not '" + word + "'"
                    + Nearest.suggestion(word, choices));
        }
        return type.isEnum() ? type.getEnumConstants()[place] : word;
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
        fault(number, word).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        return number;
    }

    /** An enum's constant as recipes write it, as {@code step-mean}. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A value as recipes write it: {@code 5e-5}, {@code step-mean}, {@code q_proj, v_proj}. */
    public static String words(Object value) {
        return switch (value) {
            case Enum<?> choice -> label(choice);
            case List<?> list ->
                String.join(", ", list.stream().map(Object::toString).toList());
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> Long.toString(number.longValue());
            case Double number -> number.toString().replaceFirst("(\\.0)?E", "e");
            default -> value.toString();
        };
    }

    /** What stands for the value in {@code --help}, as {@code INT}. */
    public String placeholder() {
        if (!choices.isEmpty()) {
            return String.join("|", choices);
        }
        return type == List.class ? "NAME,..." : type.getSimpleName().toUpperCase(Locale.ROOT);
    }
}
