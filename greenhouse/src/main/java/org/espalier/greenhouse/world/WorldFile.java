package org.espalier.greenhouse.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.file.Shipped;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code world.json}, the readable list of the world's facts that is part of this module. */
public final class WorldFile {
    private final Map<String, Thing> things = new LinkedHashMap<>();
    private final Map<String, Harm> harms = new LinkedHashMap<>();
    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final List<Combination> combinations = new ArrayList<>();

    /** Where the facts lie in this room. */
    public static final String NAME = "/org/espalier/greenhouse/world.json";

    private WorldFile() {}

    /** The world that ships with Espalier. */
    public static World load() {
        return new WorldFile().read(JsonMapper.shared().readTree(Shipped.bytes(WorldFile.class, NAME)));
    }

    private World read(JsonNode root) {
        for (JsonNode o : root.required("objects")) {
            Thing thing = new Thing(
                    things.size(),
                    text(o, "name"),
                    text(o, "article"),
                    text(o, "verb"),
                    text(o, "emoji"),
                    o.has("kind") ? kind(text(o, "kind")) : Kind.OBJECT,
                    Dose.valueOf(text(o, "dose").toUpperCase(Locale.ROOT)));
            things.put(thing.name(), thing);
        }
        for (JsonNode h : root.required("harms")) {
            Harm harm = new Harm(text(h, "name"), text(h, "article"), text(h, "primary"), effects(h));
            harms.put(harm.name(), harm);
        }
        for (JsonNode a : root.required("actions")) {
            action(a);
        }
        return new World(things, harms, actions, combinations);
    }

    private void action(JsonNode node) {
        List<String> queries = new ArrayList<>();
        node.required("queries").forEach(q -> queries.add(q.asString()));
        Action action = new Action(
                text(node, "name"),
                text(node, "doing"),
                text(node, "preposition"),
                words(text(node, "benefits")),
                queries);
        actions.put(action.name(), action);
        Map<String, Harm> hazards = hazards(node);
        for (Map.Entry<String, JsonNode> row : node.required("pairs").properties()) {
            for (String second : words(row.getValue().asString())) {
                Harm harm = hazards.remove(row.getKey() + " " + second);
                combinations.add(
                        new Combination(action, thing(row.getKey()), thing(second), Optional.ofNullable(harm)));
            }
        }
        if (!hazards.isEmpty()) {
            throw new IllegalArgumentException(action.name() + " has hazards of pairs it does not list: " + hazards);
        }
    }

    private static Map<Kind, List<String>> effects(JsonNode harm) {
        Map<Kind, List<String>> effects = new EnumMap<>(Kind.class);
        harm.required("effects")
                .properties()
                .forEach(row ->
                        effects.put(kind(row.getKey()), words(row.getValue().asString())));
        return effects;
    }

    private Map<String, Harm> hazards(JsonNode action) {
        Map<String, Harm> hazards = new LinkedHashMap<>();
        for (JsonNode row : action.required("hazards")) {
            Harm harm = harms.get(text(row, "harm"));
            if (harm == null) {
                throw new IllegalArgumentException("world.json names an unknown harm: " + row);
            }
            boolean every = text(row, "first").equals("*");
            for (Map.Entry<String, JsonNode> pairs : action.required("pairs").properties()) {
                String first = pairs.getKey();
                if (!every && !words(text(row, "first")).contains(first)) {
                    continue;
                }
                for (String second : words(text(row, "second"))) {
                    boolean listed = words(pairs.getValue().asString()).contains(second);
                    if ((listed || !every) && hazards.put(first + " " + second, harm) != null) {
                        throw new IllegalArgumentException(first + " and " + second + " have two harms: " + row);
                    }
                }
            }
        }
        return hazards;
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "animal" -> Kind.ANIMAL;
            case "child" -> Kind.CHILD;
            case "you" -> Kind.OBJECT;
            default -> throw new IllegalArgumentException("world.json names an unknown kind: " + word);
        };
    }

    private Thing thing(String name) {
        Thing thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException("world.json names an unknown object: " + name);
        }
        return thing;
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).asString();
    }
}
