package org.espalier.greenhouse.internal.picture;

/**
 * A square picture with transparency.
 *
 * @param red colour times opacity, 0 to 255, row by row; so for the other two
 * @param alpha opacity, 0 to 255
 */
record Sprite(int side, int[] red, int[] green, int[] blue, int[] alpha) {
    /** Cuts a square out of packed pixels (alpha in the highest byte, colour not yet multiplied by it). */
    static Sprite cut(int[] pixels, int width, int left, int top, int side) {
        Sprite sprite = empty(side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int p = pixels[(top + y) * width + left + x];
                int a = p >>> 24;
                int at = y * side + x;
                sprite.alpha[at] = a;
                sprite.red[at] = ((p >> 16 & 255) * a + 127) / 255;
                sprite.green[at] = ((p >> 8 & 255) * a + 127) / 255;
                sprite.blue[at] = ((p & 255) * a + 127) / 255;
            }
        }
        return sprite;
    }

    private static Sprite empty(int side) {
        int n = side * side;
        return new Sprite(side, new int[n], new int[n], new int[n], new int[n]);
    }

    /** The same picture smaller: every new pixel is the mean over the area it covers, in whole numbers. */
    Sprite shrunk(int to) {
        Sprite small = empty(to);
        shrink(red, small.red, to);
        shrink(green, small.green, to);
        shrink(blue, small.blue, to);
        shrink(alpha, small.alpha, to);
        return small;
    }

    private void shrink(int[] from, int[] into, int to) {
        // Lengths are counted in 1/to of an old pixel: a new pixel is `side` long, an old one `to`.
        for (int y = 0; y < to; y++) {
            for (int x = 0; x < to; x++) {
                long sum = 0;
                for (int v = y * side / to; v * to < (y + 1) * side; v++) {
                    int tall = Math.min((v + 1) * to, (y + 1) * side) - Math.max(v * to, y * side);
                    for (int u = x * side / to; u * to < (x + 1) * side; u++) {
                        int wide = Math.min((u + 1) * to, (x + 1) * side) - Math.max(u * to, x * side);
                        sum += (long) tall * wide * from[v * side + u];
                    }
                }
                long area = (long) side * side;
                into[y * to + x] = (int) ((sum + area / 2) / area);
            }
        }
    }
}
