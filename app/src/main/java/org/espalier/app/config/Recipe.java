package org.espalier.app.config;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.settings.SettingKey;

/**
 * What somebody wrote down, not yet understood.
 *
 * @param preset the one it starts from
 * @param sections settings by the label of their section and their name
 */
record Recipe(String preset, Map<String, SortedMap<String, Given>> sections) {
    static final String DEFAULT_PRESET = "paper";
    static final Recipe EMPTY = new Recipe(DEFAULT_PRESET, Map.of());

    /** What is said of a setting in a section. */
    Optional<Given> given(Section section, SettingKey key) {
        return Optional.ofNullable(
                sections.getOrDefault(section.label(), new TreeMap<>()).get(key.name()));
    }
}
