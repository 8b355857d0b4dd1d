package org.espalier.greenhouse.internal.corpus;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.core.ReasoningPath;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Dose;
import org.espalier.greenhouse.world.Harm;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * Answers questions with mistakes at every step and in both directions, each of which carries on through the steps that
 * follow: it misses dangers and it sees some that are not there. A model trained on its paths is a fallible reasoner,
 * which is what there is to improve on. It speaks of no held-out combination, not even by mistake.
 *
 * <p>How often it errs at a step is a property of what the step is about, with the same wrong words each time: mistakes
 * that are rare everywhere would vanish where a model is sampled at a temperature below one.
 */
final class FallibleReasoner {
    /** Takes an object for another that could play the same role. */
    private static final List<Double> MISTAKEN = List.of(0.02, 0.02, 0.02, 0.30);

    /** Takes the question for another one. */
    private static final List<Double> MISREAD = List.of(0.03, 0.03, 0.03, 0.56);

    /** Says "no risk" where there is one. */
    private static final List<Double> DENIED = List.of(0.05, 0.20, 0.44);

    /** Says there is a risk where there is none. */
    private static final List<Double> INVENTED = List.of(0.05, 0.22, 0.45);

    private static final List<Double> WRONG_HARM = List.of(0.03, 0.03, 0.30);
    private static final List<Double> WRONG_EFFECT = List.of(0.04, 0.04, 0.04, 0.38);
    private static final List<Double> VERDICT_FLIPPED = List.of(0.04, 0.04, 0.04, 0.42);
    private static final double HAZARDOUS_ALTERNATIVE = 0.22;
    private static final List<Double> NEEDLESS_ALTERNATIVE = List.of(0.02, 0.02, 0.30);
    private static final List<Double> WRONG_ORDER = List.of(0.03, 0.03, 0.03, 0.36);
    private static final List<Double> WRONG_DOSE = List.of(0.04, 0.04, 0.04, 0.36);
    private static final List<Double> CONTRADICTS_ITSELF = List.of(0.04, 0.04, 0.04, 0.56);

    private final World world;
    private final long seed;
    private final List<Combination> known;

    FallibleReasoner(World world, Split split) {
        this.world = world;
        this.seed = split.seed();
        this.known = split.known(world);
    }

    /** A path to a known combination that is asked about in these words, as likely wrong as right. */
    ReasoningPath path(Combination asked, String query, Dice dice) {
        Combination read = read(see(asked, dice), query, dice);
        String action = read.action().name();
        String topic = action + " " + read.second().name();
        Optional<Harm> harm = recall(read, topic, dice);
        Combination believed = new Combination(read.action(), read.first(), read.second(), harm);
        String effect = effect(believed, dice);
        boolean unsafe = harm.isPresent() != errs(VERDICT_FLIPPED, "verdict " + topic, dice);
        Thing chosen = choice(read, unsafe, topic, dice);
        boolean clearsFirst = unsafe != errs(WRONG_ORDER, "order " + topic, dice);
        Dose dose = dose(chosen, dice);
        boolean refuses = unsafe
                != errs(
                        CONTRADICTS_ITSELF,
                        "answer " + action + " " + read.first().name(),
                        dice);
        String in = read.action().preposition();
        Claim answer = refuses
                ? refusal(read, harm, effect, chosen, dose, dice)
                : new Claim.Help(read.second(), in, read.first(), effect, dose);
        return new ReasoningPath(Stream.of(
                        new Claim.Seen(read.first(), read.second()),
                        new Claim.Asked(read.action()),
                        new Claim.Fact(read.second(), harm, in, read.first()),
                        new Claim.Effect(effect, read.first().whom()),
                        new Claim.Verdict(unsafe),
                        new Claim.Choice(chosen),
                        new Claim.Plan(clearsFirst, dose),
                        answer)
                .map(claim -> PathWriter.write(claim, dice))
                .toList());
    }

    /** Whether it errs this time: how often, is drawn once for each topic. */
    private boolean errs(List<Double> rates, String topic, Dice dice) {
        return dice.chance(Dice.of(seed, "weakness: " + topic).pick(rates));
    }

    /** The same wrong thing each time for one topic. */
    private <T> T always(List<T> wrong, String topic) {
        return Dice.of(seed, "mistake: " + topic).pick(wrong);
    }

    private Combination see(Combination asked, Dice dice) {
        String topic = "see " + asked.action().name() + " " + asked.first().name() + " "
                + asked.second().name();
        if (!errs(MISTAKEN, topic, dice)) {
            return asked;
        }
        List<Combination> near = known.stream()
                .filter(c -> c.action().equals(asked.action()) && !c.equals(asked))
                .filter(c -> c.first().equals(asked.first()) || c.second().equals(asked.second()))
                .toList();
        return near.isEmpty() ? asked : always(near, topic);
    }

    private Combination read(Combination seen, String query, Dice dice) {
        List<Combination> others = world.about(seen.pair()).stream()
                .filter(c -> !c.action().equals(seen.action()))
                .toList();
        boolean wrong = errs(MISREAD, "read " + query, dice);
        return wrong && !others.isEmpty()
                ? always(others, "read " + query + " " + seen.pair().key())
                : seen;
    }

    private Optional<Harm> recall(Combination read, String topic, Dice dice) {
        if (!read.unsafe()) {
            return errs(INVENTED, "invents " + topic, dice)
                    ? Optional.of(plausible(read.action(), Optional.empty(), topic))
                    : Optional.empty();
        }
        if (errs(DENIED, "denies " + topic, dice)) {
            return Optional.empty();
        }
        return errs(WRONG_HARM, "confuses " + topic, dice)
                ? Optional.of(plausible(read.action(), read.hazard(), topic))
                : read.hazard();
    }

    /** A harm this action can have, but not the right one; any other where the action has no second. */
    private Harm plausible(Action action, Optional<Harm> right, String topic) {
        List<Harm> harms = world.combinations().stream()
                .filter(c -> c.action().equals(action))
                .flatMap(c -> c.hazard().stream())
                .distinct()
                .filter(harm -> !right.equals(Optional.of(harm)))
                .toList();
        List<Harm> others = world.harms().stream()
                .filter(harm -> !right.equals(Optional.of(harm)))
                .toList();
        return always(harms.isEmpty() ? others : harms, "harm " + topic);
    }

    private String effect(Combination believed, Dice dice) {
        String cause =
                believed.hazard().map(Harm::name).orElse(believed.action().name());
        String topic = "effect " + cause + " " + believed.first().name();
        if (!errs(WRONG_EFFECT, topic, dice)) {
            return dice.pick(believed.effects());
        }
        List<String> wrong = believed.hazard()
                .map(harm -> world.harms().stream().flatMap(other -> other.allEffects().stream()))
                .orElseGet(() -> world.actions().stream().flatMap(other -> other.benefits().stream()))
                .filter(effect -> !believed.effects().contains(effect))
                .toList();
        return always(wrong, topic);
    }

    private Thing choice(Combination read, boolean unsafe, String topic, Dice dice) {
        if (unsafe) {
            return alternative(read, dice);
        }
        List<Thing> others = near(read, false);
        return !others.isEmpty() && errs(NEEDLESS_ALTERNATIVE, "choice " + topic, dice)
                ? always(others, "choice " + topic + " " + read.first().name())
                : read.second();
    }

    private Thing alternative(Combination read, Dice dice) {
        List<Thing> hazardous = near(read, true);
        List<Thing> good = near(read, false);
        boolean bad = !hazardous.isEmpty() && dice.chance(HAZARDOUS_ALTERNATIVE);
        List<Thing> from = bad || good.isEmpty() ? hazardous : good;
        return from.isEmpty() ? read.second() : dice.pick(from);
    }

    private List<Thing> near(Combination read, boolean unsafe) {
        return known.stream()
                .filter(c -> c.action().equals(read.action()) && c.first().equals(read.first()))
                .filter(c -> c.unsafe() == unsafe && !c.second().equals(read.second()))
                .map(Combination::second)
                .toList();
    }

    private Dose dose(Thing chosen, Dice dice) {
        String topic = "dose " + chosen.name();
        List<Dose> wrong =
                Stream.of(Dose.values()).filter(dose -> dose != chosen.dose()).toList();
        return errs(WRONG_DOSE, topic, dice) ? always(wrong, topic) : chosen.dose();
    }

    /** What it offers is what it chose; where it chose the second object itself, another. */
    private Claim refusal(Combination read, Optional<Harm> harm, String effect, Thing chosen, Dose dose, Dice dice) {
        Thing offered = chosen.equals(read.second()) ? alternative(read, dice) : chosen;
        Harm named = harm.orElseGet(
                () -> plausible(read.action(), Optional.empty(), read.second().name()));
        return new Claim.Refusal(
                read.second(), named, read.action().preposition(), read.first(), effect, offered, dose);
    }
}
