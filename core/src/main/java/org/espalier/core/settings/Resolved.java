package org.espalier.core.settings;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.file.RunPlan;

/**
 * Settings that are understood.
 *
 * @param settings what the room is given
 * @param origins for each setting, by name, its value in JSON's types and where that came from
 */
public record Resolved<T extends Record>(T settings, SortedMap<String, Origin> origins) {
    /** Where settings come from that a program gives. */
    public static final String BY_PROGRAM = "the program";

    public Resolved {
        origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }

    /** Settings that all come from one place. */
    public static <T extends Record> Resolved<T> of(T settings, String source) {
        SortedMap<String, Origin> origins = new TreeMap<>();
        Settings.values(settings).forEach((key, value) -> origins.put(key.flag(), Origin.of(value, source)));
        return new Resolved<>(settings, origins);
    }

    /** A value and where it came from, as {@code preset paper}, {@code recipe my.yaml:12}, {@code flag --lambda}. */
    public record Origin(Object value, String source) {
        /** Of a value in Java's types. */
        public static Origin of(Object value, String source) {
            return new Origin(value instanceof Enum<?> choice ? SettingKey.label(choice) : value, source);
        }
    }

    /** Puts every setting and its source into what {@code run.json} will say. */
    public RunPlan.Builder into(RunPlan.Builder plan) {
        origins.forEach((name, origin) -> plan.setting(name, origin.value(), origin.source()));
        return plan;
    }
}
