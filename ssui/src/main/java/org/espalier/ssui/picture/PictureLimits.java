package org.espalier.ssui.picture;

/**
 * What a picture may be at most, so that none fills the memory, and at least, so that something can be seen on it.
 *
 * @param bytes greatest size of a file
 * @param pixels greatest width times height, looked at before anything is decoded
 * @param leastSide shortest side in pixels
 */
public record PictureLimits(long bytes, long pixels, int leastSide) {
    /** 32 MiB, 50 megapixels, 28 pixels: one patch of the smallest model family. */
    public static final PictureLimits DEFAULT = new PictureLimits(32L << 20, 50_000_000, 28);

    /** Anything that can be decoded at all. */
    public static final PictureLimits LOOSE = new PictureLimits(256L << 20, 200_000_000, 1);
}
