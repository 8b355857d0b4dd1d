package org.espalier.picture.internal;

/** Products and mixtures of 8-bit samples, rounded as Pillow rounds them. */
public final class Blend {
    private Blend() {}

    /** a · b / 255, rounded to nearest; both 0 to 255. */
    public static int product(int a, int b) {
        int t = a * b + 128;
        return ((t >> 8) + t) >> 8;
    }

    /** A sample laid on white: 255 where alpha is 0, itself where alpha is 255. */
    public static byte onWhite(int sample, int alpha) {
        int t = sample * alpha + 255 * (255 - alpha) + 128;
        return (byte) (((t >> 8) + t) >> 8);
    }
}
