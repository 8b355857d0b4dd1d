package org.espalier.greenhouse.internal.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.data.QuestionScenes;
import org.espalier.greenhouse.data.QuestionWeights;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.internal.picture.Gallery;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.internal.picture.SceneComposer;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * The endless training text of a base model. Item n is a function of the split, the seed, n and the mixture alone.
 * Paths and pictures keep to what the split lets the model see; facts in words cover everything.
 */
public final class Corpus {
    private static final List<String> LOOK =
            List.of("What is here?", "What do you see?", "Name what is in the picture.");
    private static final List<String> RECALL = List.of(
            "Think of {one} and {other}, what about {doing}?", "What do you know about {one}, {other} and {doing}?");

    /** The share of paths drawn evenly over all combinations, so that rarely asked ones are not missed. */
    private static final double EVEN = 0.4;

    private final World world;
    private final Split split;
    private final long seed;
    private final List<Combination> known;
    private final List<Combination> heldOut;
    private final Map<Combination, Double> asked;
    private final List<Thing> things;
    private final Set<Pair> pairs;
    private final QuestionScenes scenes;
    private final FallibleReasoner reasoner;

    public Corpus(World world, Split split, long seed) {
        this.world = world;
        this.split = split;
        this.seed = seed;
        known = split.known(world);
        heldOut = split.heldOut(world);
        asked = new QuestionWeights(known).distribution();
        things = List.copyOf(world.things());
        pairs = world.pairs();
        scenes = new QuestionScenes(world, split);
        reasoner = new FallibleReasoner(world, split);
    }

    /** Item n, counted from 0. */
    public CorpusItem item(long n, Mixture mixture) {
        Dice dice = Dice.of(seed, "corpus", split.seed(), n);
        if (dice.chance(mixture.captions())) {
            return caption(dice);
        }
        double rest = 1 - mixture.captions();
        if (dice.chance(mixture.facts() / rest)) {
            return fact(dice);
        }
        rest -= mixture.facts();
        if (dice.chance(mixture.glances() / rest)) {
            return glance(dice);
        }
        rest -= mixture.glances();
        if (mixture.looks() > 0 && dice.chance(mixture.looks() / rest)) {
            return look(dice);
        }
        rest -= mixture.looks();
        if (mixture.sights() > 0 && dice.chance(mixture.sights() / rest)) {
            return sight(dice);
        }
        rest -= mixture.sights();
        return path(dice.chance(mixture.demonstrated() / rest), dice);
    }

    private CorpusItem caption(Dice dice) {
        List<Thing> shown = new ArrayList<>(things);
        dice.shuffle(shown);
        List<Drawing> drawings = new ArrayList<>();
        for (Thing thing : shown.subList(0, 2 + dice.below(3))) {
            drawings.add(split.drawing(thing, false, dice));
        }
        Scene scene = SceneComposer.compose(drawings, Gallery.GROWING, dice);
        String names = scene.things().stream().map(Thing::phrase).collect(Collectors.joining(", "));
        return new CorpusItem(
                CorpusItem.Kind.CAPTION,
                List.of(
                        CorpusItem.Message.user(scene, dice.pick(LOOK)),
                        CorpusItem.Message.assistant("In the picture: " + names + ".")));
    }

    private CorpusItem fact(Dice dice) {
        Combination c = dice.pick(world.combinations());
        String question = dice.pick(RECALL)
                .replace("{one}", c.first().phrase())
                .replace("{other}", c.second().phrase())
                .replace("{doing}", c.action().doing());
        Claim fact = new Claim.Fact(c.second(), c.hazard(), c.action().preposition(), c.first());
        String answer = String.join(
                "\n",
                PathWriter.write(new Claim.Seen(c.first(), c.second()), dice),
                PathWriter.write(new Claim.Asked(c.action()), dice),
                PathWriter.write(fact, dice),
                PathWriter.write(
                        new Claim.Effect(dice.pick(c.effects()), c.first().whom()), dice));
        return new CorpusItem(
                CorpusItem.Kind.FACT, List.of(CorpusItem.Message.user(question), CorpusItem.Message.assistant(answer)));
    }

    /**
     * The begin of a path about two things of which the world says nothing. Without such looks a model learns which things
     * go together instead of which are there, and takes a pair that no path spoke of for one it knows. The second is one
     * that the action is asked about with others, so that it cannot be taken for a bystander; where there is none, two
     * things are shown alone.
     */
    private CorpusItem glance(Dice dice) {
        Combination c = question(dice);
        List<Thing> strangers = things.stream()
                .filter(thing -> !thing.equals(c.first()) && !pairs.contains(Pair.of(c.first(), thing)))
                .toList();
        List<Thing> meant =
                strangers.stream().filter(seconds(c.action())::contains).toList();
        Thing second = dice.pick(meant.isEmpty() ? strangers : meant);
        List<Thing> bystanders = meant.isEmpty() ? List.of() : world.bystanders(c.action(), second);
        Scene scene = scenes.compose(Pair.of(c.first(), second), bystanders, false, Gallery.GROWING, dice);
        String seen = PathWriter.write(new Claim.Seen(c.first(), second), dice);
        String asked = PathWriter.write(new Claim.Asked(c.action()), dice);
        return glance(CorpusItem.Message.user(scene, dice.pick(c.action().queries())), seen, asked);
    }

    /**
     * The begin of a path about any pair that is asked about, held-out ones too, which stops before the fact: what is seen
     * and asked is not what held-out pairs are held out for.
     */
    private CorpusItem look(Dice dice) {
        Combination c = dice.pick(world.combinations());
        CorpusItem.Message question = ask(c, dice);
        return glance(
                question,
                PathWriter.write(new Claim.Seen(c.first(), c.second()), dice),
                PathWriter.write(new Claim.Asked(c.action()), dice));
    }

    /**
     * What is seen, and no more: where an adapter of the decoder cannot mend it, it must be right. Held-out pairs are as
     * many as known ones, since no path shows one.
     */
    private CorpusItem sight(Dice dice) {
        Combination c = dice.pick(dice.chance(0.5) ? heldOut : known);
        return begin(ask(c, dice), PathWriter.write(new Claim.Seen(c.first(), c.second()), dice));
    }

    private static CorpusItem glance(CorpusItem.Message question, String seen, String asked) {
        return begin(question, seen + "\n" + asked);
    }

    private static CorpusItem begin(CorpusItem.Message question, String lines) {
        return new CorpusItem(CorpusItem.Kind.GLANCE, List.of(question, CorpusItem.Message.assistant(lines + "\n")));
    }

    private Set<Thing> seconds(Action action) {
        return world.combinations().stream()
                .filter(c -> c.action().equals(action))
                .map(Combination::second)
                .collect(Collectors.toSet());
    }

    private CorpusItem path(boolean demonstrated, Dice dice) {
        List<CorpusItem.Message> messages = new ArrayList<>();
        if (demonstrated) {
            solved(messages, dice);
            solved(messages, dice);
        }
        Combination c = question(dice);
        CorpusItem.Message question = ask(c, dice);
        messages.add(question);
        messages.add(CorpusItem.Message.assistant(
                reasoner.path(c, question.text(), dice).text()));
        return new CorpusItem(demonstrated ? CorpusItem.Kind.DEMONSTRATED_PATH : CorpusItem.Kind.PATH, messages);
    }

    private void solved(List<CorpusItem.Message> messages, Dice dice) {
        Combination c = question(dice);
        messages.add(ask(c, dice));
        List<Thing> others = split.knownAlternatives(world, c.action(), c.first());
        Thing alternative = others.isEmpty() ? c.second() : dice.pick(others);
        messages.add(CorpusItem.Message.assistant(
                PathWriter.reference(c, alternative, dice).text()));
    }

    private CorpusItem.Message ask(Combination c, Dice dice) {
        Scene scene = scenes.compose(c.pair(), false, Gallery.GROWING, dice);
        return CorpusItem.Message.user(scene, dice.pick(c.action().queries()));
    }

    private Combination question(Dice dice) {
        return dice.chance(EVEN) ? dice.pick(known) : dice.pick(known, c -> asked.getOrDefault(c, 0.0));
    }
}
