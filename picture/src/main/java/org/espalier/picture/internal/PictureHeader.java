package org.espalier.picture.internal;

/**
 * What the first bytes of a picture say of it, before any pixel is decoded.
 *
 * @param width as stored, at least 1
 * @param height as stored, at least 1
 */
public record PictureHeader(int width, int height, Orientation orientation) {
    public PictureHeader {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels has no pixel");
        }
    }

    /** Pixels of a row where every {@code step}-th is taken. */
    public int columns(int step) {
        return (width - 1) / step + 1;
    }

    /** Rows where every {@code step}-th is taken. */
    public int rows(int step) {
        return (height - 1) / step + 1;
    }
}
