package org.espalier.greenhouse.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.ReasoningPath;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Category;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/** What the players know: the world, and how its questions are worded. */
final class Facts {
    private final World world;
    private final Map<String, Action> actionOfQuery = new LinkedHashMap<>();

    Facts(World world) {
        this.world = world;
        world.actions().forEach(action -> action.queries().forEach(query -> actionOfQuery.put(query, action)));
    }

    World world() {
        return world;
    }

    /** Everything that can be asked about a picture that shows these things. */
    List<Combination> about(List<String> names) {
        List<Thing> things = new ArrayList<>(names.stream()
                .flatMap(name -> world.thing(name).stream())
                .distinct()
                .toList());
        things.sort(Comparator.comparingInt(Thing::index));
        List<Combination> all = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            for (int j = i + 1; j < things.size(); j++) {
                all.addAll(world.about(Pair.of(things.get(i), things.get(j))));
            }
        }
        return all;
    }

    /** The greenhouse's question that a text is or ends with. */
    Optional<String> question(String text) {
        return actionOfQuery.keySet().stream().filter(text::endsWith).findFirst();
    }

    /** What a text asks to do. */
    Optional<Action> action(String text) {
        return question(text).map(actionOfQuery::get);
    }

    /** The combination that a scenario speaks of, among those of a picture. */
    Optional<Combination> spokenOf(List<Combination> about, String scenario, String query) {
        return about.stream()
                .filter(c -> scenario.startsWith(PathWriter.groundTruth(c)))
                .filter(c -> action(query).map(c.action()::equals).orElse(true))
                .findFirst();
    }

    /** The category of a combination: for a harmless one, a danger of the same action. */
    String category(Combination c, String aim) {
        List<String> sameAction = world.categories().stream()
                .map(Category::tertiary)
                .filter(id -> id.startsWith(c.action().name() + "."))
                .toList();
        return c.hazard()
                .map(harm -> Category.of(c.action(), harm).tertiary())
                .orElse(sameAction.contains(aim) ? aim : sameAction.getFirst());
    }

    /** The right path. */
    ReasoningPath path(Combination c, Dice dice) {
        return PathWriter.reference(c, dice.pick(world.alternatives(c.action(), c.first())), dice);
    }

    /** The step that states the fact. */
    String fact(Combination c, Dice dice) {
        return PathWriter.write(
                new Claim.Fact(c.second(), c.hazard(), c.action().preposition(), c.first()), dice);
    }
}
