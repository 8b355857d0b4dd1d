package org.espalier.model.qwen;

import java.util.Map;
import org.espalier.model.family.PictureInput;

/**
 * A picture cut into patches, in the order of tokens: the patches that are merged into one token follow one another.
 *
 * @param values one row a patch: channel, frame, row, column; not copied, so nobody may change it
 * @param mergeSize patches along each side of what becomes one token
 */
public record Patches(float[] values, Grid grid, int mergeSize) implements PictureInput {
    public Patches {
        if (mergeSize < 1 || grid.height() % mergeSize != 0 || grid.width() % mergeSize != 0) {
            throw new IllegalArgumentException(
                    grid.height() + " x " + grid.width() + " patches do not merge by " + mergeSize);
        }
        if (values.length % grid.patches() != 0) {
            throw new IllegalArgumentException(values.length + " values do not fill the grid");
        }
    }

    /** Values of one patch. */
    public int rowLength() {
        return values.length / grid.patches();
    }

    @Override
    public int tokens() {
        return grid.tokens(mergeSize);
    }

    @Override
    public Patches withoutValues() {
        return new Patches(new float[0], grid, mergeSize);
    }

    @Override
    public Map<String, long[]> sizes() {
        return Map.of("grid_thw", new long[] {grid.frames(), grid.height(), grid.width()});
    }
}
