package org.espalier.picture;

/**
 * What a picture may be at most, so that none fills the memory, and at least, so that something can be seen on it.
 *
 * @param bytes greatest size of a file, 1 to 1 GiB
 * @param pixels greatest width times height, 1 to 700 million; looked at before any pixel is decoded
 * @param leastSide shortest side in pixels, at least 1
 */
public record PictureLimits(long bytes, long pixels, int leastSide) {
    private static final long MOST_BYTES = 1 << 30;
    private static final long MOST_PIXELS = 700_000_000;

    /** For data sets: 32 MiB, 50 megapixels, 28 pixels: one patch of the smallest model family. */
    public static final PictureLimits DEFAULT = new PictureLimits(32L << 20, 50_000_000, 28);

    /**
     * For whatever can be read at all: 1 GiB, 100 megapixels (a little over the size at which Pillow begins to warn; in
     * memory about 0.3 GB), 1 pixel.
     */
    public static final PictureLimits LOOSE = new PictureLimits(MOST_BYTES, 100_000_000, 1);

    public PictureLimits {
        if (bytes < 1 || bytes > MOST_BYTES || pixels < 1 || pixels > MOST_PIXELS || leastSide < 1) {
            throw new IllegalArgumentException(
                    bytes + " bytes, " + pixels + " pixels and a least side of " + leastSide + " are no limits");
        }
    }
}
