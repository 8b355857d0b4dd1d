package org.espalier.greenhouse.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * What a base model has never seen: pairs of objects it met in no path (under no action, so that a pair's twin
 * questions stay on the same side), and drawings it met in no picture. Belongs to the base model.
 */
public record Split(long seed, Set<Pair> heldOutPairs, Set<Drawing> heldOutDrawings) {
    private static final double SHARE = 0.2;
    private static final int DRAWINGS = 20;

    public Split {
        heldOutPairs = new LinkedHashSet<>(heldOutPairs);
        heldOutDrawings = new LinkedHashSet<>(heldOutDrawings);
    }

    /**
     * Holds out about a fifth of all pairs, such that of the unsafe and of the safe combinations of every action at
     * most a fourth is held out and every object keeps an alternative; and of twenty objects all drawings with one
     * outline.
     */
    public static Split draw(World world, long seed) {
        Dice dice = Dice.of(seed, "split");
        List<Pair> pairs = new ArrayList<>(world.pairs());
        dice.shuffle(pairs);
        // Pairs with both kinds of questions come first: only they have twins on the same picture.
        pairs.sort((a, b) -> Boolean.compare(mixed(world, b), mixed(world, a)));
        Set<Pair> held = new LinkedHashSet<>();
        for (boolean mixed : new boolean[] {true, false}) {
            List<Pair> kind =
                    pairs.stream().filter(p -> mixed(world, p) == mixed).toList();
            int wanted = (int) Math.round(kind.size() * SHARE);
            for (Pair pair : kind) {
                if (wanted > 0 && canSpare(world, held, pair)) {
                    held.add(pair);
                    wanted--;
                }
            }
        }
        List<Thing> things = new ArrayList<>(world.things());
        dice.shuffle(things);
        Set<Drawing> drawings = new LinkedHashSet<>();
        for (Thing thing : things.subList(0, DRAWINGS)) {
            List<Drawing> all = Drawing.of(thing);
            Drawing.Style outlines = dice.pick(
                    all.stream().map(d -> d.style().outlines()).distinct().toList());
            all.stream()
                    .filter(drawing -> drawing.style().outlines() == outlines)
                    .forEach(drawings::add);
        }
        return new Split(seed, held, drawings);
    }

    private static boolean mixed(World world, Pair pair) {
        return world.about(pair).stream().map(Combination::risk).distinct().count() == 2;
    }

    private static boolean canSpare(World world, Set<Pair> held, Pair pair) {
        Set<Pair> after = new LinkedHashSet<>(held);
        after.add(pair);
        for (Combination c : world.about(pair)) {
            List<Combination> same = world.combinations().stream()
                    .filter(d -> d.action().equals(c.action()) && d.risk() == c.risk())
                    .toList();
            long gone = same.stream().filter(d -> after.contains(d.pair())).count();
            if (gone > Math.max(1, same.size() / 4) || gone == same.size()) {
                return false;
            }
            long left = world.alternatives(c.action(), c.first()).stream()
                    .filter(thing -> !after.contains(Pair.of(c.first(), thing)))
                    .count();
            if (left == 0) {
                return false;
            }
        }
        return true;
    }

    /** Combinations that paths of the base model may speak of. */
    public List<Combination> known(World world) {
        return world.combinations().stream().filter(c -> !holdsOut(c.pair())).toList();
    }

    /** Combinations no path of the base model speaks of. */
    public List<Combination> heldOut(World world) {
        return world.combinations().stream().filter(c -> holdsOut(c.pair())).toList();
    }

    public boolean holdsOut(Pair pair) {
        return heldOutPairs.contains(pair);
    }

    public boolean holdsOut(Drawing drawing) {
        return heldOutDrawings.contains(drawing);
    }

    /** Alternatives that do not give a held-out combination away. */
    public List<Thing> knownAlternatives(World world, Action action, Thing first) {
        return world.alternatives(action, first).stream()
                .filter(thing -> !holdsOut(Pair.of(first, thing)))
                .toList();
    }

    /** A drawing of an object: a held-out one if {@code held} and there is one, else one the base model may see. */
    public Drawing drawing(Thing thing, boolean held, Dice dice) {
        List<Drawing> all = Drawing.of(thing);
        List<Drawing> wanted = all.stream().filter(d -> holdsOut(d) == held).toList();
        return dice.pick(wanted.isEmpty() ? all : wanted);
    }

    /** Whether a drawing of this object is held out. */
    public boolean holdsOutDrawingOf(Thing thing) {
        return heldOutDrawings.stream().anyMatch(d -> d.thing().equals(thing));
    }
}
