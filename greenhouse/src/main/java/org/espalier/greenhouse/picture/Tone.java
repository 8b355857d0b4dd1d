package org.espalier.greenhouse.picture;

/** What can be done to the colours of a drawing; its outlines stay. In whole numbers, so that every machine agrees. */
public enum Tone {
    AS_DRAWN,
    DARK,
    LIGHT,
    PALE,
    GREY,
    TURNED,
    TURNED_BACK,
    MIXED;

    /**
     * A pixel in this tone.
     *
     * @param r red times opacity, 0 to alpha; so for the other two
     * @param alpha opacity, 0 to 255
     * @return red, green and blue times opacity, each 0 to 255, red highest
     */
    int of(int r, int g, int b, int alpha) {
        int mean = (r + g + b) / 3;
        return switch (this) {
            case AS_DRAWN -> packed(r, g, b);
            case DARK -> packed(r * 3 / 4, g * 3 / 4, b * 3 / 4);
            case LIGHT -> packed(r + (alpha - r) / 4, g + (alpha - g) / 4, b + (alpha - b) / 4);
            case PALE -> packed((r + mean) / 2, (g + mean) / 2, (b + mean) / 2);
            case GREY -> packed(mean, mean, mean);
            case TURNED -> packed((3 * r + g) / 4, (3 * g + b) / 4, (3 * b + r) / 4);
            case TURNED_BACK -> packed((3 * r + b) / 4, (3 * g + r) / 4, (3 * b + g) / 4);
            case MIXED -> packed((r + g) / 2, (g + b) / 2, (b + r) / 2);
        };
    }

    private static int packed(int r, int g, int b) {
        return r << 16 | g << 8 | b;
    }
}
