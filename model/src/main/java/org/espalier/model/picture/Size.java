package org.espalier.model.picture;

/** Width and height of a picture, in pixels. */
public record Size(int width, int height) {
    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels has no pixel");
        }
    }

    public long pixels() {
        return (long) width * height;
    }

    Size turned() {
        return new Size(/* width= */ height, /* height= */ width);
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
