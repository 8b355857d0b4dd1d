package org.espalier.app.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.text.Nearest;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a recipe's YAML and remembers the line of each value. Every problem is noted, none stops the reading. */
final class RecipeReader {
    private final String name;
    private final String kind;
    private final Trouble trouble;

    /**
     * Reads for one file.
     *
     * @param kind {@code recipe} or {@code preset}
     * @param name of the file or preset, for messages
     */
    RecipeReader(String kind, String name, Trouble trouble) {
        this.kind = kind;
        this.name = name;
        this.trouble = trouble;
    }

    Recipe read(String yaml) {
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().setLabel(name).build()).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new InputException(name + line + " is not YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new InputException(name + " is not YAML: " + e.getMessage(), e);
        }
        String preset = Recipe.DEFAULT_PRESET;
        Map<Section, SortedMap<String, Given>> sections = new EnumMap<>(Section.class);
        List<String> top = Section.RUN.keys().stream().map(Key::name).toList();
        for (NodeTuple entry : entries(root, "a recipe")) {
            String key = key(entry);
            Optional<Section> section = Section.named(key);
            if (section.isPresent()) {
                sections.put(section.get(), settings(section.get(), entry.getValueNode()));
            } else if (key.equals("preset")) {
                preset = words(entry.getValueNode(), key).getFirst();
            } else if (top.contains(key)) {
                take(entry, sections.computeIfAbsent(Section.RUN, run -> new TreeMap<>()));
            } else {
                List<String> known = new ArrayList<>(Section.labels());
                known.addAll(top);
                known.add("preset");
                trouble.add(
                        place(entry.getKeyNode()),
                        "'" + key + "' is not a part of a recipe" + Nearest.suggestion(key, known));
            }
        }
        return new Recipe(preset, sections);
    }

    private SortedMap<String, Given> settings(Section section, Node node) {
        SortedMap<String, Given> settings = new TreeMap<>();
        List<String> known = section.keys().stream().map(Key::name).toList();
        for (NodeTuple entry : entries(Optional.of(node), "'" + section.label() + "'")) {
            String key = key(entry);
            if (known.contains(key)) {
                take(entry, settings);
            } else {
                trouble.add(
                        place(entry.getKeyNode()),
                        "'" + key + "' is not a setting of '" + section.label() + "'" + Nearest.suggestion(key, known));
            }
        }
        return settings;
    }

    private void take(NodeTuple entry, SortedMap<String, Given> settings) {
        String key = key(entry);
        String place = place(entry.getKeyNode());
        Given given = new Given(words(entry.getValueNode(), key), kind + " " + place);
        if (settings.putIfAbsent(key, given) != null) {
            trouble.add(place, "'" + key + "' stands here a second time");
        }
    }

    private List<NodeTuple> entries(Optional<Node> node, String what) {
        if (node.isPresent() && node.get() instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        boolean empty = node.isEmpty()
                || node.get() instanceof ScalarNode scalar && scalar.getValue().isEmpty();
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
