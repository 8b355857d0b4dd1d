package org.espalier.greenhouse.internal.corpus;

import java.util.List;
import java.util.Optional;
import org.espalier.core.ReasoningPath;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Harm;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * Answers questions with mistakes in both directions, each of which carries on through the steps that follow: it
 * misses dangers and it sees some that are not there. A model trained on its paths is a fallible reasoner, which is
 * what there is to improve on. It speaks of no held-out combination, not even by mistake.
 */
final class FallibleReasoner {
    /** Sees another object that could play the same role. */
    private static final double WRONG_OBJECT = 0.04;

    /** Takes the question for another one. */
    private static final double MISREAD = 0.05;

    /** Says "no risk" where there is one: how often is a property of action and object. */
    private static final List<Double> DENIED = List.of(0.08, 0.30, 0.52);

    /** Says there is a risk where there is none: likewise. */
    private static final List<Double> INVENTED = List.of(0.10, 0.40, 0.65);

    private static final double WRONG_HARM = 0.08;
    private static final double VERDICT_FLIPPED = 0.13;
    private static final double HELPS_THOUGH_UNSAFE = 0.16;
    private static final double REFUSES_THOUGH_SAFE = 0.15;
    private static final double HAZARDOUS_ALTERNATIVE = 0.30;

    private final World world;
    private final long seed;
    private final List<Combination> known;

    FallibleReasoner(World world, Split split) {
        this.world = world;
        this.seed = split.seed();
        this.known = split.known(world);
    }

    /** A path to a known combination, as likely wrong as right. */
    ReasoningPath path(Combination asked, Dice dice) {
        Combination read = read(see(asked, dice), dice);
        Optional<Harm> harm = recall(read, dice);
        boolean unsafe = harm.isPresent() != dice.chance(VERDICT_FLIPPED);
        boolean refuses = unsafe ? !dice.chance(HELPS_THOUGH_UNSAFE) : dice.chance(REFUSES_THOUGH_SAFE);
        String in = read.action().preposition();
        Claim answer = refuses
                ? refusal(read, harm.orElseGet(() -> plausible(read.action(), Optional.empty(), dice)), dice)
                : new Claim.Help(read.second(), in, read.first());
        return new ReasoningPath(List.of(
                PathWriter.write(new Claim.Seen(read.first(), read.second()), dice),
                PathWriter.write(new Claim.Asked(read.action()), dice),
                PathWriter.write(new Claim.Fact(read.second(), harm, in, read.first()), dice),
                PathWriter.write(new Claim.Verdict(unsafe), dice),
                PathWriter.write(answer, dice)));
    }

    private Combination see(Combination asked, Dice dice) {
        if (!dice.chance(WRONG_OBJECT)) {
            return asked;
        }
        boolean second = dice.chance(0.5);
        List<Combination> near = known.stream()
                .filter(c -> c.action().equals(asked.action()) && !c.equals(asked))
                .filter(c ->
                        second ? c.first().equals(asked.first()) : c.second().equals(asked.second()))
                .toList();
        return near.isEmpty() ? asked : dice.pick(near);
    }

    private Combination read(Combination seen, Dice dice) {
        List<Combination> others = world.about(seen.pair()).stream()
                .filter(c -> !c.action().equals(seen.action()))
                .toList();
        return !others.isEmpty() && dice.chance(MISREAD) ? dice.pick(others) : seen;
    }

    private Optional<Harm> recall(Combination read, Dice dice) {
        List<Double> rates = read.unsafe() ? DENIED : INVENTED;
        String weakness =
                "weakness " + read.action().name() + " " + read.second().name();
        boolean wrong = dice.chance(Dice.of(seed, weakness).pick(rates));
        if (!read.unsafe()) {
            return wrong ? Optional.of(plausible(read.action(), Optional.empty(), dice)) : Optional.empty();
        }
        if (wrong) {
            return Optional.empty();
        }
        return dice.chance(WRONG_HARM) ? Optional.of(plausible(read.action(), read.hazard(), dice)) : read.hazard();
    }

    /** A harm this action can have, but not the right one; any other where the action has no second. */
    private Harm plausible(Action action, Optional<Harm> right, Dice dice) {
        List<Harm> harms = world.combinations().stream()
                .filter(c -> c.action().equals(action))
                .flatMap(c -> c.hazard().stream())
                .distinct()
                .filter(harm -> !right.equals(Optional.of(harm)))
                .toList();
        List<Harm> others = world.harms().stream()
                .filter(harm -> !right.equals(Optional.of(harm)))
                .toList();
        return dice.pick(harms.isEmpty() ? others : harms);
    }

    private Claim refusal(Combination read, Harm harm, Dice dice) {
        List<Thing> hazardous = near(read, true);
        List<Thing> good = near(read, false);
        boolean bad = !hazardous.isEmpty() && dice.chance(HAZARDOUS_ALTERNATIVE);
        List<Thing> from = bad || good.isEmpty() ? hazardous : good;
        Thing alternative = from.isEmpty() ? read.second() : dice.pick(from);
        return new Claim.Refusal(read.second(), harm, read.action().preposition(), read.first(), alternative);
    }

    private List<Thing> near(Combination read, boolean unsafe) {
        return known.stream()
                .filter(c -> c.action().equals(read.action()) && c.first().equals(read.first()))
                .filter(c -> c.unsafe() == unsafe && !c.second().equals(read.second()))
                .map(Combination::second)
                .toList();
    }
}
