package org.espalier.model.qwen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.model.decoder.Rope;
import org.espalier.tensor.Placement;

/**
 * How the tokens of one grid are put in order for window attention. Windows of one size lie together, so that each
 * size is one batched product; the order among tokens does not matter to the layers that see everything.
 *
 * @param order for each place, the token (of {@code merge²} patches) that stands there
 * @param back for each token, its place
 * @param groups windows of equal size, in order
 */
record WindowPlan(long[] order, long[] back, List<Group> groups) {
    /** {@code count} windows of {@code patches} each. */
    record Group(int count, int patches) {}

    static WindowPlan of(Grid grid, VisionShape shape) {
        int rows = grid.height() / shape.merge();
        int columns = grid.width() / shape.merge();
        int side = shape.windowTokens();
        List<List<Long>> windows = new ArrayList<>();
        for (int frame = 0; frame < grid.frames(); frame++) {
            for (int top = 0; top < rows; top += side) {
                for (int left = 0; left < columns; left += side) {
                    windows.add(window(frame, top, left, rows, columns, side));
                }
            }
        }
        windows.sort(
                Comparator.comparingInt((List<Long> window) -> window.size()).reversed());
        long[] order = windows.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .toArray();
        long[] back = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            back[(int) order[i]] = i;
        }
        return new WindowPlan(order, back, groups(windows, shape.merge() * shape.merge()));
    }

    private static List<Long> window(int frame, int top, int left, int rows, int columns, int side) {
        List<Long> tokens = new ArrayList<>();
        for (int row = top; row < Math.min(rows, top + side); row++) {
            for (int column = left; column < Math.min(columns, left + side); column++) {
                tokens.add(((long) frame * rows + row) * columns + column);
            }
        }
        return tokens;
    }

    private static List<Group> groups(List<List<Long>> windows, int patchesPerToken) {
        List<Group> groups = new ArrayList<>();
        for (List<Long> window : windows) {
            int patches = window.size() * patchesPerToken;
            if (!groups.isEmpty() && groups.getLast().patches() == patches) {
                groups.set(groups.size() - 1, new Group(groups.getLast().count() + 1, patches));
            } else {
                groups.add(new Group(1, patches));
            }
        }
        return groups;
    }

    /** Row and column angles of each patch in this order: {@code [patches, headWidth / 2]}, as rotary factors. */
    Rope rope(Grid grid, VisionShape shape, Placement placement) {
        int half = shape.headWidth() / 2;
        float[] frequencies = shape.rope().of(half / 2);
        int merge = shape.merge();
        int perToken = merge * merge;
        int columns = grid.width() / merge;
        int rows = grid.height() / merge;
        float[] angles = new float[order.length * perToken * half];
        for (int place = 0; place < order.length; place++) {
            int token = (int) (order[place] % ((long) rows * columns));
            for (int inner = 0; inner < perToken; inner++) {
                int row = token / columns * merge + inner / merge;
                int column = token % columns * merge + inner % merge;
                int at = (place * perToken + inner) * half;
                for (int i = 0; i < half / 2; i++) {
                    angles[at + i] = row * frequencies[i];
                    angles[at + half / 2 + i] = column * frequencies[i];
                }
            }
        }
        return Rope.ofAngles(angles, order.length * perToken, half, placement);
    }
}
