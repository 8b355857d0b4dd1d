package org.espalier.app.config;

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
    public Resolved {
        origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }

    /** A value and where it came from, as {@code preset paper}, {@code recipe my.yaml:12}, {@code flag --lambda}. */
    public record Origin(Object value, String source) {}

    /** Puts every setting and its source into what {@code run.json} will say. */
    public RunPlan.Builder into(RunPlan.Builder plan) {
        origins.forEach((name, origin) -> plan.setting(name, origin.value(), origin.source()));
        return plan;
    }
}
