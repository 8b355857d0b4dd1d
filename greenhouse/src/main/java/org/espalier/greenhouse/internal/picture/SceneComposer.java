package org.espalier.greenhouse.internal.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.greenhouse.Dice;

/** Places drawings at random: cell, size, position inside the cell, mirroring, background. */
public final class SceneComposer {
    private SceneComposer() {}

    /** A scene of one to four drawings that belongs to a gallery. */
    public static Scene compose(List<Drawing> drawings, Gallery gallery, Dice dice) {
        List<Integer> cells = new ArrayList<>(List.of(0, 1, 2, 3));
        dice.shuffle(cells);
        while (true) {
            List<Scene.Item> items = new ArrayList<>();
            for (int i = 0; i < drawings.size(); i++) {
                int size = dice.pick(Scene.SIZES);
                int free = Scene.CELL - size + 1;
                items.add(new Scene.Item(
                        drawings.get(i), cells.get(i), size, dice.below(free), dice.below(free), dice.chance(0.5)));
            }
            items.sort(Comparator.comparingInt(Scene.Item::cell));
            Scene scene = new Scene(dice.below(Scene.TINTS), items);
            if (Gallery.of(scene) == gallery) {
                return scene;
            }
        }
    }
}
