package org.espalier.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.text.Nearest;
import org.espalier.core.yaml.YamlText;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a recipe's YAML and remembers the line of each value. Every problem is noted, none stops the reading. */
final class RecipeReader {
    private static final String PRESET = "preset";

    private final String name;
    private final Trouble trouble;

    /** @param name of the file, for messages */
    RecipeReader(String name, Trouble trouble) {
        this.name = name;
        this.trouble = trouble;
    }

    Recipe read(String yaml) {
        String preset = Recipe.DEFAULT_PRESET;
        Map<String, SortedMap<String, Given>> sections = new TreeMap<>();
        for (NodeTuple entry : entries(YamlText.nodes(yaml, name), "a recipe")) {
            String key = key(entry);
            Optional<Section> section = Section.named(key);
            if (section.isPresent()) {
                sections.put(key, settings(section.get(), entry.getValueNode()));
            } else if (key.equals(PRESET)) {
                preset = one(entry);
            } else if (names(Section.RUN).contains(key)) {
                sections.computeIfAbsent(Section.RUN.label(), _ -> new TreeMap<>())
                        .put(key, given(entry));
            } else {
                trouble.add(place(entry.getKeyNode()), "'" + key + "' is not a part of a recipe" + meant(key));
            }
        }
        return new Recipe(preset, sections);
    }

    private String one(NodeTuple entry) {
        List<String> words = words(entry.getValueNode(), PRESET);
        if (words.size() == 1) {
            return words.getFirst();
        }
        trouble.add(place(entry.getKeyNode()), "'" + PRESET + "' takes one name, not a list of " + words.size());
        return Recipe.DEFAULT_PRESET;
    }

    private SortedMap<String, Given> settings(Section section, Node node) {
        SortedMap<String, Given> settings = new TreeMap<>();
        List<String> known = names(section);
        for (NodeTuple entry : entries(Optional.of(node), "'" + section.label() + "'")) {
            String key = key(entry);
            if (known.contains(key)) {
                settings.put(key, given(entry));
            } else {
                trouble.add(
                        place(entry.getKeyNode()),
                        "'" + key + "' is not a setting of '" + section.label() + "'"
                                + Nearest.of(key, known)
                                        .filter(_ -> !belongsElsewhere(key))
                                        .map(near -> "; did you mean " + near)
                                        .orElseGet(() -> meant(key)));
            }
        }
        return settings;
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

    private Given given(NodeTuple entry) {
        return new Given(key(entry), words(entry.getValueNode(), key(entry)), "recipe " + place(entry.getKeyNode()));
    }

    /** The entries of a table; of those with one name the first, and the others are complained of. */
    private List<NodeTuple> entries(Optional<Node> node, String what) {
        if (node.isPresent() && node.get() instanceof MappingNode mapping) {
            Map<String, NodeTuple> entries = new LinkedHashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                if (entries.putIfAbsent(key(entry), entry) != null) {
                    trouble.add(place(entry.getKeyNode()), "'" + key(entry) + "' stands here a second time");
                }
            }
            return List.copyOf(entries.values());
        }
        boolean empty = node.isEmpty()
                || (node.get() instanceof ScalarNode scalar && scalar.getValue().isEmpty());
        if (!empty) {
            trouble.add(place(node.get()), what + " is a list of 'name: value', not a single value");
        }
        return List.of();
    }

    private static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar
                ? scalar.getValue()
                : entry.getKeyNode().toString();
    }

    private List<String> words(Node node, String key) {
        if (node instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        if (node instanceof SequenceNode sequence
                && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            return sequence.getValue().stream()
                    .map(element -> ((ScalarNode) element).getValue())
                    .toList();
        }
        trouble.add(place(node), "'" + key + "' takes a value or a list of values");
        return List.of("");
    }

    private String place(Node node) {
        return name
                + node.getStartMark()
                        .map(Mark::getLine)
                        .map(line -> ":" + (line + 1))
                        .orElse("");
    }
}
