package org.espalier.model.llava;

import java.util.Map;
import org.espalier.model.family.PictureInput;
import org.espalier.picture.PictureSize;

/**
 * A picture as tiles: first all of it in one, then its canvas row by row.
 *
 * @param values of each tile: channel, row, column; not copied, so nobody may change it
 * @param picture the size of the file's picture
 * @param down tiles of the canvas below each other
 * @param across tiles of the canvas beside each other
 * @param side pixels per side of a tile
 * @param patches per side of a tile
 */
record Tiles(float[] values, PictureSize picture, int down, int across, int side, int patches) implements PictureInput {
    /** How many there are. */
    int count() {
        return 1 + down * across;
    }

    AnyResolution.Covered covered() {
        return AnyResolution.Covered.of(picture, down * patches, across * patches);
    }

    @Override
    public int tokens() {
        return patches * patches + covered().tokens();
    }

    @Override
    public Tiles withoutValues() {
        return new Tiles(new float[0], picture, down, across, side, patches);
    }

    @Override
    public Map<String, long[]> sizes() {
        return Map.of("image_sizes", new long[] {picture.height(), picture.width()});
    }
}
