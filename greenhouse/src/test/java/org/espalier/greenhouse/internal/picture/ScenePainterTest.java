package org.espalier.greenhouse.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;

class ScenePainterTest {
    private static final World WORLD = WorldFile.load();
    private static final ScenePainter PAINTER = new ScenePainter();

    private static Thing thing(String name) {
        return WORLD.thing(name).orElseThrow();
    }

    private static Scene one(Drawing.Style style, int cell, boolean mirrored) {
        return new Scene(0, List.of(new Scene.Item(new Drawing(thing("knife"), style), cell, 44, 5, 6, mirrored)));
    }

    @Test
    void paintsNothingOutsideTheSquareOfADrawing() {
        byte[] empty = PAINTER.paint(new Scene(0, List.of()));
        byte[] painted = PAINTER.paint(one(Drawing.Style.NOTO, 3, false));

        int changed = 0;
        for (int y = 0; y < 112; y++) {
            for (int x = 0; x < 112; x++) {
                int at = (y * 112 + x) * 3;
                boolean inside = x >= 61 && x < 105 && y >= 62 && y < 106;
                boolean same = Arrays.equals(empty, at, at + 3, painted, at, at + 3);
                assertThat(inside || same).isTrue();
                changed += same ? 0 : 1;
            }
        }
        assertThat(changed).isBetween(400, 1936);
    }

    @Test
    void mirrorsInsideTheSquare() {
        byte[] plain = PAINTER.paint(one(Drawing.Style.FLUENT, 0, false));
        byte[] mirrored = PAINTER.paint(one(Drawing.Style.FLUENT, 0, true));

        assertThat(mirrored).isNotEqualTo(plain);
        for (int x = 0; x < 44; x++) {
            int a = (20 * 112 + 5 + x) * 3;
            int b = (20 * 112 + 5 + 43 - x) * 3;
            assertThat(Arrays.equals(plain, a, a + 3, mirrored, b, b + 3)).isTrue();
        }
    }

    @Test
    void everyObjectIsDrawnDifferentlyInEveryStyle() {
        for (Thing thing : WORLD.things()) {
            List<Integer> hashes = Drawing.of(thing).stream()
                    .map(drawing -> new Scene(0, List.of(new Scene.Item(drawing, 0, 56, 0, 0, false))))
                    .map(scene -> Arrays.hashCode(PAINTER.paint(scene)))
                    .toList();
            assertThat(hashes).as(thing.name()).doesNotHaveDuplicates();
        }
    }

    @Test
    void aSheetIsEmptyWhereItsCollectionLacksAnObjectAndNowhereElse() {
        byte[] nothing = PAINTER.paint(new Scene(0, List.of()));
        for (Thing thing : WORLD.things()) {
            for (Drawing.Style style : Drawing.Style.values()) {
                Drawing drawing = new Drawing(thing, style);
                byte[] painted = PAINTER.paint(new Scene(0, List.of(new Scene.Item(drawing, 0, 56, 0, 0, false))));
                assertThat(Arrays.equals(painted, nothing))
                        .as(drawing.key())
                        .isEqualTo(!Drawing.of(thing).contains(drawing));
            }
        }
    }

    @Test
    void shrinksByTheMeanOverTheArea() {
        int[] pixels = {0xFF000000, 0xFF0000FF, 0xFF0000FF, 0xFFFFFFFF};

        Sprite one = Sprite.cut(pixels, 2, 0, 0, 2).shrunk(1);

        assertThat(one.alpha()).containsExactly(255);
        assertThat(one.red()).containsExactly(64);
        assertThat(one.blue()).containsExactly(191);
    }

    @Test
    void shrinksByFractionsOfAPixel() {
        int[] row = {0xFF000000, 0xFF000000, 0xFFFFFFFF};
        int[] pixels = {row[0], row[1], row[2], row[0], row[1], row[2], row[0], row[1], row[2]};

        Sprite two = Sprite.cut(pixels, 3, 0, 0, 3).shrunk(2);

        // The right half covers half of the middle pixel and the right one: two thirds white.
        assertThat(two.green()).containsExactly(0, 170, 0, 170);
    }

    @Test
    void givesTheSamePictureForTheSameDiceAndKeepsGalleriesApart() {
        List<Drawing> drawings = List.of(
                new Drawing(thing("dog"), Drawing.Style.NOTO), new Drawing(thing("car"), Drawing.Style.TWEMOJI));
        for (Gallery gallery : Gallery.values()) {
            Scene scene = SceneComposer.compose(drawings, gallery, Dice.of(3, "scene"));
            Scene again = SceneComposer.compose(drawings, gallery, Dice.of(3, "scene"));

            assertThat(again).isEqualTo(scene);
            assertThat(Gallery.of(scene)).isEqualTo(gallery);
            assertThat(scene.things()).containsExactlyInAnyOrder(thing("dog"), thing("car"));
            assertThat(PAINTER.paint(again)).isEqualTo(PAINTER.paint(scene));
        }
    }
}
