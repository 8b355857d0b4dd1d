package org.espalier.picture;

/**
 * How the stored rows and columns lie in the picture one should see: EXIF tag 0x0112.
 *
 * @param code 1 to 8; 1 is as stored
 */
record Orientation(int code) {
    static final Orientation AS_STORED = new Orientation(1);

    Orientation {
        if (code < 1 || code > 8) {
            throw new IllegalArgumentException("orientation " + code + " is not 1 to 8");
        }
    }

    /** From a tag's value; EXIF has no other than 1 to 8, and anything else means as stored, as in Pillow. */
    static Orientation ofTag(int value) {
        return value >= 1 && value <= 8 ? new Orientation(value) : AS_STORED;
    }

    private boolean swapsSides() {
        return code >= 5;
    }

    PictureSize apply(PictureSize stored) {
        return swapsSides() ? stored.turned() : stored;
    }

    RgbPicture apply(RgbPicture stored) {
        if (code == 1) {
            return stored;
        }
        PictureSize size = apply(stored.size());
        // Where the first stored pixel of the first row goes, and how far a step right and a step down move there.
        boolean fromRight = code == 2 || code == 3 || code == 6 || code == 7;
        boolean fromBottom = code == 3 || code == 4 || code == 7 || code == 8;
        int right = fromRight ? -3 : 3;
        int down = (fromBottom ? -3 : 3) * size.width();
        int first =
                (fromRight ? 3 * (size.width() - 1) : 0) + (fromBottom ? 3 * size.width() * (size.height() - 1) : 0);
        int alongRow = swapsSides() ? down : right;
        int alongColumn = swapsSides() ? right : down;
        byte[] from = stored.rgb();
        byte[] to = new byte[from.length];
        int read = 0;
        for (int y = 0; y < stored.height(); y++) {
            int write = first + y * alongColumn;
            for (int x = 0; x < stored.width(); x++, write += alongRow, read += 3) {
                to[write] = from[read];
                to[write + 1] = from[read + 1];
                to[write + 2] = from[read + 2];
            }
        }
        return new RgbPicture(size.width(), size.height(), to);
    }
}
