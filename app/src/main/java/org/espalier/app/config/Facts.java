package org.espalier.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a person needs to know of a setting, and the range its number must lie in: {@code settings.yaml}.
 *
 * @param help one sentence, shown by {@code --help}
 * @param above whether {@code min} itself is too little
 */
record Facts(String help, double min, double max, boolean above) {
    /** The facts of every setting of a section, by name. */
    static Map<String, Facts> of(String section) {
        try (InputStream file = Facts.class.getResourceAsStream("settings.yaml")) {
            Map<?, ?> sections = (Map<?, ?>) new Load(LoadSettings.builder().build())
                    .loadFromInputStream(Objects.requireNonNull(file, "settings.yaml is missing from the jar"));
            Map<?, ?> settings = (Map<?, ?>) Objects.requireNonNull(sections.get(section), section);
            return settings.entrySet().stream()
                    .collect(java.util.stream.Collectors.toUnmodifiableMap(
                            entry -> String.valueOf(entry.getKey()), entry -> of((Map<?, ?>) entry.getValue())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Facts of(Map<?, ?> facts) {
        boolean above = facts.containsKey("above");
        return new Facts(
                String.valueOf(facts.get("help")),
                number(facts.get(above ? "above" : "min"), Double.NEGATIVE_INFINITY),
                number(facts.get("max"), Double.POSITIVE_INFINITY),
                above);
    }

    private static double number(@org.jspecify.annotations.Nullable Object value, double otherwise) {
        return value instanceof Number number ? number.doubleValue() : otherwise;
    }
}
