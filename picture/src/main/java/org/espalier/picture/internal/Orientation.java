package org.espalier.picture.internal;

/**
 * How the stored rows and columns lie in the picture one should see: EXIF tag 0x0112.
 *
 * @param code 1 to 8; 1 is as stored
 */
public record Orientation(int code) {
    public static final Orientation AS_STORED = new Orientation(1);

    public Orientation {
        if (code < 1 || code > 8) {
            throw new IllegalArgumentException("orientation " + code + " is not 1 to 8");
        }
    }

    /** From a tag's value; EXIF has no other than 1 to 8, and anything else means as stored, as in Pillow. */
    public static Orientation ofTag(int value) {
        return value >= 1 && value <= 8 ? new Orientation(value) : AS_STORED;
    }

    /** Whether stored columns are seen as rows. */
    public boolean swapsSides() {
        return code >= 5;
    }

    /**
     * Stored RGB rows turned upright; the same array where nothing turns.
     *
     * @param width of the stored rows, in pixels
     * @param height number of stored rows
     */
    public byte[] upright(byte[] stored, int width, int height) {
        if (code == 1) {
            return stored;
        }
        int seenWidth = swapsSides() ? height : width;
        int seenHeight = swapsSides() ? width : height;
        // Where the first stored pixel of the first row goes, and how far a step right and a step down move there.
        boolean fromRight = code == 2 || code == 3 || code == 6 || code == 7;
        boolean fromBottom = code == 3 || code == 4 || code == 7 || code == 8;
        int right = fromRight ? -3 : 3;
        int down = (fromBottom ? -3 : 3) * seenWidth;
        int first = (fromRight ? 3 * (seenWidth - 1) : 0) + (fromBottom ? 3 * seenWidth * (seenHeight - 1) : 0);
        int alongRow = swapsSides() ? down : right;
        int alongColumn = swapsSides() ? right : down;
        byte[] seen = new byte[stored.length];
        int read = 0;
        for (int y = 0; y < height; y++) {
            int write = first + y * alongColumn;
            for (int x = 0; x < width; x++, write += alongRow, read += 3) {
                seen[write] = stored[read];
                seen[write + 1] = stored[read + 1];
                seen[write + 2] = stored[read + 2];
            }
        }
        return seen;
    }
}
