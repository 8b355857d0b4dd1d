package org.espalier.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.text.Nearest;
import org.espalier.core.yaml.YamlEntries;

/**
 * Reads a recipe's YAML and remembers the line of each value. Every problem is noted, none stops the reading.
 *
 * @param name of the file, for messages
 */
record RecipeReader(String name, Trouble trouble) {
    private static final String PRESET = "preset";

    Recipe read(String yaml) {
        return YamlEntries.ifAny(yaml, name, (line, what) -> trouble.add(name + ":" + line, what))
                .map(this::read)
                .orElse(Recipe.EMPTY);
    }

    private Recipe read(YamlEntries top) {
        String preset = Recipe.DEFAULT_PRESET;
        Map<String, SortedMap<String, Given>> sections = new TreeMap<>();
        for (String key : top.names()) {
            Optional<Section> section = Section.named(key);
            if (section.isPresent()) {
                sections.put(key, settings(section.get(), top));
            } else if (key.equals(PRESET)) {
                preset = one(top);
            } else if (names(Section.RUN).contains(key)) {
                sections.computeIfAbsent(Section.RUN.label(), _ -> new TreeMap<>())
                        .put(key, given(top, key));
            } else {
                top.wrong(key, "is not a part of a recipe" + meant(key));
            }
        }
        return new Recipe(preset, sections);
    }

    private static String one(YamlEntries top) {
        List<String> words = top.words(PRESET);
        if (words.size() == 1) {
            return words.getFirst();
        }
        top.wrong(PRESET, "takes one name, not a list of " + words.size());
        return Recipe.DEFAULT_PRESET;
    }

    private SortedMap<String, Given> settings(Section section, YamlEntries top) {
        SortedMap<String, Given> settings = new TreeMap<>();
        String label = section.label();
        if (!top.isGroup(label)) {
            if (!top.words(label).equals(List.of(""))) {
                top.wrong(label, "is a list of 'name: value', not a single value");
            }
            return settings;
        }
        List<String> known = names(section);
        YamlEntries entries = top.inner(label);
        for (String key : entries.names()) {
            if (known.contains(key)) {
                settings.put(key, given(entries, key));
            } else {
                String meant = Nearest.of(key, known)
                        .filter(_ -> !belongsElsewhere(key))
                        .map(near -> "; did you mean " + near)
                        .orElseGet(() -> meant(key));
                entries.wrong(key, "is not a setting of '" + label + "'" + meant);
            }
        }
        return settings;
    }

    private Given given(YamlEntries entries, String key) {
        return new Given(key, entries.words(key), "recipe " + name + ":" + entries.line(key));
    }

    /** What a name that stands in a wrong place, or is misspelt, may mean, and where it belongs. */
    private static String meant(String key) {
        List<Section> byFlag = Section.homes(
                setting -> setting.flag().equals(key) && !setting.name().equals(key));
        if (!byFlag.isEmpty()) {
            String name = byFlag.getFirst().keys().stream()
                    .filter(setting -> setting.flag().equals(key))
                    .map(SettingKey::name)
                    .findFirst()
                    .orElseThrow();
            return "; it is '" + name + "' below " + labels(byFlag);
        }
        List<String> known = new ArrayList<>(Section.labels());
        known.add(PRESET);
        Section.ALL.forEach(section -> known.addAll(names(section)));
        Optional<String> near = Nearest.of(key, known);
        if (near.isEmpty()) {
            return "";
        }
        List<Section> homes = Section.homes(setting -> setting.name().equals(near.get()));
        String home = homes.isEmpty() ? "at the top of a recipe" : "below " + labels(homes);
        return near.get().equals(key) ? "; it stands " + home : "; did you mean " + near.get() + ", " + home;
    }

    private static boolean belongsElsewhere(String key) {
        return Section.ALL.stream()
                .flatMap(section -> section.keys().stream())
                .anyMatch(
                        setting -> setting.name().equals(key) || setting.flag().equals(key));
    }

    private static String labels(List<Section> sections) {
        return sections.stream().map(section -> "'" + section.label() + "'").collect(Collectors.joining(" or "));
    }

    private static List<String> names(Section section) {
        return section.accepted().stream().map(SettingKey::name).toList();
    }
}
