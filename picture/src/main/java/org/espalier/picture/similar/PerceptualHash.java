package org.espalier.picture.similar;

import java.util.Arrays;

/**
 * 64 bits of what a picture looks like: the signs of its lowest spatial frequencies against their median. A copy that
 * was scaled or compressed again differs in few bits, another picture in about half of them.
 */
public final class PerceptualHash {
    private static final int SIDE = GreyGrid.SIDE;
    private static final int KEPT = 8;

    /** Pixels of the shorter side beyond which more change nothing: eight for each mean. */
    public static final int ENOUGH = SIDE * 8;

    /** Waves smaller than this are rounding, not picture: one brightness level in a thousand. */
    private static final double NOTHING = 1e-3 * SIDE;

    private PerceptualHash() {}

    /** How many bits differ. */
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    /**
     * The hash of a picture, which may be thinned beforehand.
     *
     * @param rgb three bytes a pixel, row by row
     */
    public static long of(byte[] rgb, int width, int height) {
        double[] waves = waves(GreyGrid.of(rgb, width, height).cells());
        double[] sorted = Arrays.copyOfRange(waves, 1, waves.length);
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long bits = waves[0] > 128 * SIDE ? 1 : 0;
        for (int i = 1; i < waves.length; i++) {
            if (waves[i] > median) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    /** The 8 by 8 lowest coefficients of the discrete cosine transform, orthonormal. */
    private static double[] waves(double[] cells) {
        double[] cosines = cosines();
        double[] rows = new double[SIDE * KEPT];
        for (int y = 0; y < SIDE; y++) {
            for (int u = 0; u < KEPT; u++) {
                double sum = 0;
                for (int x = 0; x < SIDE; x++) {
                    sum += cells[y * SIDE + x] * cosines[u * SIDE + x];
                }
                rows[y * KEPT + u] = sum;
            }
        }
        double[] waves = new double[KEPT * KEPT];
        for (int v = 0; v < KEPT; v++) {
            for (int u = 0; u < KEPT; u++) {
                double sum = 0;
                for (int y = 0; y < SIDE; y++) {
                    sum += rows[y * KEPT + u] * cosines[v * SIDE + y];
                }
                waves[v * KEPT + u] = Math.abs(sum) < NOTHING ? 0 : sum;
            }
        }
        return waves;
    }

    private static double[] cosines() {
        double[] cosines = new double[KEPT * SIDE];
        for (int u = 0; u < KEPT; u++) {
            double scale = Math.sqrt((u == 0 ? 1.0 : 2.0) / SIDE);
            for (int x = 0; x < SIDE; x++) {
                cosines[u * SIDE + x] = scale * StrictMath.cos(Math.PI * (2 * x + 1) * u / (2.0 * SIDE));
            }
        }
        return cosines;
    }
}
