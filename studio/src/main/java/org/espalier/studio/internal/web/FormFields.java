package org.espalier.studio.internal.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.espalier.core.InputException;

/** The fields of an address or a form, each with its values in order. Control characters but tabs and line ends are gone. */
public final class FormFields {
    public static final FormFields NONE = new FormFields(Map.of());

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private final Map<String, List<String>> values;

    private FormFields(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads {@code name=value&...} as browsers write it.
     *
     * @throws InputException if it is not that
     */
    public static FormFields read(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String part : encoded.split("&", -1)) {
            if (!part.isEmpty()) {
                int at = part.indexOf('=');
                String name = decode(at < 0 ? part : part.substring(0, at));
                values.computeIfAbsent(name, absent -> new ArrayList<>())
                        .add(at < 0 ? "" : decode(part.substring(at + 1)));
            }
        }
        return new FormFields(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .transform(line -> CONTROL.matcher(line).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw new InputException("a field of the request is not encoded as browsers do it", e);
        }
    }

    /** The first value; empty where there is none. */
    public String one(String name) {
        List<String> found = all(name);
        return found.isEmpty() ? "" : found.getFirst();
    }

    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A whole number from 0. */
    public OptionalInt number(String name) {
        String text = one(name);
        return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** Hands over every name with each of its values. */
    public void each(BiConsumer<String, String> take) {
        values.forEach((name, all) -> all.forEach(value -> take.accept(name, value)));
    }

    /** The same without some names and without empty values. */
    public FormFields without(String... names) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        values.forEach((name, all) -> {
            List<String> some = all.stream().filter(value -> !value.isEmpty()).toList();
            if (!List.of(names).contains(name) && !some.isEmpty()) {
                kept.put(name, some);
            }
        });
        return new FormFields(kept);
    }

    /** The same with one value under a name. */
    public FormFields with(String name, String value) {
        Map<String, List<String>> changed = new LinkedHashMap<>(values);
        changed.put(name, List.of(value));
        return new FormFields(changed);
    }

    /** As part of an address: {@code ?name=value&...}, or nothing. */
    public String query() {
        StringBuilder out = new StringBuilder();
        each((name, value) -> out.append(out.isEmpty() ? '?' : '&')
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return out.toString();
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
