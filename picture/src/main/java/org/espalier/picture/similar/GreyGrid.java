package org.espalier.picture.similar;

/**
 * A picture as 32 by 32 means of brightness, 0 to 255.
 *
 * @param cells row by row
 */
record GreyGrid(double[] cells) {
    static final int SIDE = 32;

    /** @param rgb three bytes a pixel, row by row */
    static GreyGrid of(byte[] rgb, int width, int height) {
        double[] means = new double[SIDE * SIDE];
        for (int cellY = 0; cellY < SIDE; cellY++) {
            int top = edge(cellY, height);
            int bottom = Math.max(top + 1, edge(cellY + 1, height));
            for (int cellX = 0; cellX < SIDE; cellX++) {
                int left = edge(cellX, width);
                int right = Math.max(left + 1, edge(cellX + 1, width));
                double sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        sum += grey(rgb, 3 * (y * width + x));
                    }
                }
                means[cellY * SIDE + cellX] = sum / ((bottom - top) * (right - left));
            }
        }
        return new GreyGrid(means);
    }

    /** Where a cell begins along a side of so many pixels. */
    private static int edge(int cell, int pixels) {
        return (int) ((long) cell * pixels / SIDE);
    }

    private static double grey(byte[] rgb, int at) {
        return 0.299 * (rgb[at] & 255) + 0.587 * (rgb[at + 1] & 255) + 0.114 * (rgb[at + 2] & 255);
    }
}
