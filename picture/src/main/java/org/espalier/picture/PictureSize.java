package org.espalier.picture;

/** Width and height of a picture, in pixels. */
public record PictureSize(int width, int height) {
    public PictureSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels has no pixel");
        }
    }

    public long pixels() {
        return (long) width * height;
    }

    public int shorterSide() {
        return Math.min(width, height);
    }

    public int longerSide() {
        return Math.max(width, height);
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
