package org.espalier.greenhouse.data;

import java.util.ArrayList;
import java.util.List;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.internal.picture.Gallery;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.internal.picture.SceneComposer;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/** Composes the pictures of questions: the two objects and up to two bystanders. */
public record QuestionScenes(World world, Split split) {
    private static final List<Integer> BYSTANDERS = List.of(0, 0, 1, 2);

    /**
     * A picture for any question about a pair.
     *
     * @param heldOutDrawings whether the two objects are to be drawn as the base model has never seen them, where
     *     there is such a drawing; bystanders are always drawn as it knows them
     */
    public Scene compose(Pair pair, boolean heldOutDrawings, Gallery gallery, Dice dice) {
        return compose(pair, world.bystanders(pair), heldOutDrawings, gallery, dice);
    }

    /** The same with given bystanders to choose from. */
    public Scene compose(Pair pair, List<Thing> others, boolean heldOutDrawings, Gallery gallery, Dice dice) {
        List<Drawing> drawings = new ArrayList<>();
        drawings.add(split.drawing(pair.one(), heldOutDrawings, dice));
        drawings.add(split.drawing(pair.other(), heldOutDrawings, dice));
        List<Thing> bystanders = new ArrayList<>(others);
        dice.shuffle(bystanders);
        for (Thing bystander : bystanders.subList(0, Math.min(bystanders.size(), dice.pick(BYSTANDERS)))) {
            drawings.add(split.drawing(bystander, false, dice));
        }
        return SceneComposer.compose(drawings, gallery, dice);
    }
}
