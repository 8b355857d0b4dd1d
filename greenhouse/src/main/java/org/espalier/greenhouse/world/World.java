package org.espalier.greenhouse.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that is true in the greenhouse. Made by {@link WorldFile}. */
public final class World {
    private final Map<String, Thing> things;
    private final Map<String, Harm> harms;
    private final Map<String, Action> actions;
    private final List<Combination> combinations;
    private final Map<Key, Combination> byKey = new LinkedHashMap<>();
    private final Map<Pair, List<Combination>> byPair = new LinkedHashMap<>();
    private final Map<Action, Set<Thing>> roles = new LinkedHashMap<>();

    private record Key(Action action, Thing first, Thing second) {}

    World(
            Map<String, Thing> things,
            Map<String, Harm> harms,
            Map<String, Action> actions,
            List<Combination> combinations) {
        this.things = things;
        this.harms = harms;
        this.actions = actions;
        this.combinations = List.copyOf(combinations);
        for (Combination c : combinations) {
            byKey.put(new Key(c.action(), c.first(), c.second()), c);
            List<Combination> same = byPair.computeIfAbsent(c.pair(), _ -> new ArrayList<>());
            if (same.stream().anyMatch(d -> d.action().equals(c.action()))) {
                throw new IllegalArgumentException("the pair " + c.pair().key() + " stands twice under "
                        + c.action().name());
            }
            same.add(c);
            Set<Thing> both = roles.computeIfAbsent(c.action(), _ -> new LinkedHashSet<>());
            both.add(c.first());
            both.add(c.second());
        }
    }

    public Collection<Thing> things() {
        return things.values();
    }

    public Collection<Harm> harms() {
        return harms.values();
    }

    public Collection<Action> actions() {
        return actions.values();
    }

    /** Every action with every pair it is ever asked about. */
    public List<Combination> combinations() {
        return combinations;
    }

    public Optional<Thing> thing(String name) {
        return Optional.ofNullable(things.get(name));
    }

    public Optional<Action> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** The combination with these roles; empty if nobody ever asks about it. */
    public Optional<Combination> find(Action action, Thing first, Thing second) {
        return Optional.ofNullable(byKey.get(new Key(action, first, second)));
    }

    /** What can be asked about two objects, one combination an action at most. */
    public List<Combination> about(Pair pair) {
        return List.copyOf(byPair.getOrDefault(pair, List.of()));
    }

    /** The taxonomy: every action with every harm it can do, in the order of the file. */
    public List<Category> categories() {
        return combinations.stream()
                .flatMap(c -> c.hazard().map(harm -> Category.of(c.action(), harm)).stream())
                .distinct()
                .toList();
    }

    /** All pairs, in the order of the file. */
    public Set<Pair> pairs() {
        return byPair.keySet();
    }

    /** Objects that could take the place of the second one: same action, same first object, no hazard. */
    public List<Thing> alternatives(Action action, Thing first) {
        return combinations.stream()
                .filter(c -> c.action().equals(action) && c.first().equals(first) && !c.unsafe())
                .map(Combination::second)
                .toList();
    }

    /**
     * Objects that may stand beside a pair without making any question about it ambiguous: they have no role in any
     * action the pair is asked about. Since this depends on the pair alone, bystanders tell nothing about the action.
     */
    public List<Thing> bystanders(Pair pair) {
        Set<Thing> taken = new LinkedHashSet<>();
        for (Combination c : about(pair)) {
            taken.addAll(roles.getOrDefault(c.action(), Set.of()));
        }
        return things.values().stream().filter(t -> !taken.contains(t)).toList();
    }

    /** Objects that may stand beside two others, the second without a role in an action, in a question about it. */
    public List<Thing> bystanders(Action action, Thing second) {
        Set<Thing> taken = roles.getOrDefault(action, Set.of());
        return things.values().stream()
                .filter(t -> !taken.contains(t) && !t.equals(second))
                .toList();
    }
}
