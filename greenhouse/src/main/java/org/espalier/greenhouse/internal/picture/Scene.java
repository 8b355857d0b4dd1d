package org.espalier.greenhouse.internal.picture;

import java.util.List;
import org.espalier.core.Seed;
import org.espalier.greenhouse.world.Thing;

/**
 * What a picture shows. The pixels are a function of this alone.
 *
 * @param tint number of the background, from 0 to {@link #TINTS} - 1
 * @param items in reading order, one a cell
 */
public record Scene(int tint, List<Item> items) {
    /** Width and height of a picture, in pixels. */
    public static final int SIDE = 112;

    /** Width and height of a cell; there are two by two. */
    public static final int CELL = 56;

    public static final int TINTS = 6;

    /** Widths a drawing can have, in pixels. */
    public static final List<Integer> SIZES = List.of(44, 48, 52, 56);

    /**
     * A drawing in its cell.
     *
     * @param cell 0 and 1 above, 2 and 3 below
     * @param size one of {@link #SIZES}
     * @param left free pixels to the left inside the cell
     * @param top free pixels above inside the cell
     * @param mirrored left and right exchanged
     */
    public record Item(Drawing drawing, int cell, int size, int left, int top, boolean mirrored) {}

    public Scene {
        items = List.copyOf(items);
    }

    public List<Thing> things() {
        return items.stream().map(item -> item.drawing().thing()).toList();
    }

    /** Names this composition; two scenes have the same if they are equal, and different ones practically never. */
    public long fingerprint() {
        StringBuilder text = new StringBuilder().append(tint);
        for (Item i : items) {
            text.append(" " + i.drawing().key() + " " + i.cell() + " " + i.size() + " " + i.left() + " " + i.top()
                    + (i.mirrored() ? 'm' : 'p'));
        }
        return new Seed(0).and(text.toString()).value();
    }
}
