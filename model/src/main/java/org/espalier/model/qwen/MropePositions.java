package org.espalier.model.qwen;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.model.family.PromptPositions;

/** Positions of a prompt with pictures, as Qwen2.5-VL counts them. */
final class MropePositions {
    private MropePositions() {}

    /**
     * Text counts on in all rows; a picture's tokens share one time and count its rows and columns; what follows goes
     * on after the greatest position so far.
     *
     * @param grids of the pictures, in order
     */
    static PromptPositions of(int[] ids, List<Grid> grids, int imageToken, int merge) {
        long[][] rows = new long[3][ids.length];
        long next = 0;
        int picture = 0;
        int at = 0;
        while (at < ids.length) {
            if (ids[at] != imageToken) {
                rows[0][at] = rows[1][at] = rows[2][at] = next++;
                at++;
                continue;
            }
            if (picture == grids.size()) {
                throw new InputException(
                        "the prompt has tokens for more pictures than the " + grids.size() + " it was given.");
            }
            Grid grid = grids.get(picture++);
            next = picture(ids, at, grid, merge, imageToken, rows, next);
            at += grid.tokens(merge);
        }
        if (picture < grids.size()) {
            throw new InputException(
                    "the prompt has tokens for " + picture + " pictures, but was given " + grids.size() + ".");
        }
        return new PromptPositions(rows, next);
    }

    private static long picture(int[] ids, int at, Grid grid, int merge, int imageToken, long[][] rows, long start) {
        int height = grid.height() / merge;
        int width = grid.width() / merge;
        for (int i = 0; i < grid.tokens(merge); i++) {
            if (at + i >= ids.length || ids[at + i] != imageToken) {
                throw new InputException("the prompt holds " + i + " tokens for a picture of " + grid.tokens(merge)
                        + ": it was made for a picture of another size.");
            }
            rows[0][at + i] = start;
            rows[1][at + i] = start + i / width % height;
            rows[2][at + i] = start + i % width;
        }
        return start + Math.max(height, width);
    }
}
