package org.espalier.app.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody wrote down: settings by section and name, not yet understood.
 *
 * @param preset the one it starts from
 */
record Recipe(String preset, Map<Section, SortedMap<String, Given>> sections) {
    static final String DEFAULT_PRESET = "paper";
    static final Recipe EMPTY = new Recipe(DEFAULT_PRESET, Map.of());

    SortedMap<String, Given> section(Section section) {
        return sections.getOrDefault(section, new TreeMap<>());
    }
}
