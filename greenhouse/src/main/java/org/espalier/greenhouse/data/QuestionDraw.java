package org.espalier.greenhouse.data;

import java.util.List;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/** Draws the questions of one part. Couple n is a function of split, world seed, part and n alone. */
public final class QuestionDraw {
    /**
     * A question before it is written down.
     *
     * @param alternative what the reference path offers where it refuses; the second object itself where it helps
     */
    public record Drawn(Combination combination, Scene scene, String query, Thing alternative) {}

    /**
     * An unsafe question and its safe twin.
     *
     * @param samePicture whether they share the picture; else they share the query
     */
    public record Couple(Drawn unsafe, Drawn safe, boolean samePicture) {}

    private final World world;
    private final Split split;
    private final Part part;
    private final List<Combination> pool;
    private final QuestionWeights weights;
    private final QuestionScenes scenes;

    public QuestionDraw(World world, Split split, Part part) {
        this.world = world;
        this.split = split;
        this.part = part;
        pool = pool(world, split, part);
        weights = new QuestionWeights(pool);
        scenes = new QuestionScenes(world, split);
    }

    private static List<Combination> pool(World world, Split split, Part part) {
        return switch (part) {
            case TRAIN, VALIDATION, TEST_SEEN -> split.known(world);
            case TEST_COMBINATIONS -> split.heldOut(world);
            case TEST_DRAWINGS ->
                split.known(world).stream()
                        .filter(c -> split.holdsOutDrawingOf(c.first()) || split.holdsOutDrawingOf(c.second()))
                        .toList();
        };
    }

    /** Couple n of a world, counted from 0. */
    public Couple couple(long worldSeed, int n) {
        Dice dice = Dice.of(worldSeed, "couple " + part.label(), split.seed(), n);
        Combination unsafe = weights.unsafe(dice, pool);
        Combination safe = weights.twin(unsafe, dice);
        boolean samePicture = safe.pair().equals(unsafe.pair());
        Scene scene = scene(unsafe, dice);
        String query = dice.pick(unsafe.action().queries());
        boolean sameQuery = safe.action().equals(unsafe.action());
        Drawn twin = new Drawn(
                safe,
                samePicture ? scene : scene(safe, dice),
                sameQuery ? query : dice.pick(safe.action().queries()),
                safe.second());
        return new Couple(new Drawn(unsafe, scene, query, alternative(unsafe, dice)), twin, samePicture);
    }

    private Scene scene(Combination c, Dice dice) {
        return scenes.compose(c.pair(), part == Part.TEST_DRAWINGS, part.gallery(), dice);
    }

    private Thing alternative(Combination unsafe, Dice dice) {
        List<Thing> all = world.alternatives(unsafe.action(), unsafe.first());
        List<Thing> known = split.knownAlternatives(world, unsafe.action(), unsafe.first());
        return dice.pick(part == Part.TEST_COMBINATIONS || known.isEmpty() ? all : known);
    }

    /** How likely each combination is asked about. */
    public QuestionWeights weights() {
        return weights;
    }
}
