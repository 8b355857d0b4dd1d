package org.espalier.picture;

/**
 * A picture in memory, 8 bits a sample.
 *
 * @param rgb red, green and blue of each pixel, row after row from the top left; not copied, so nobody may change it
 */
public record RgbPicture(int width, int height, byte[] rgb) {
    public RgbPicture {
        if (rgb.length != 3 * new PictureSize(width, height).pixels()) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes are not a picture of " + width + " x " + height + " RGB pixels");
        }
    }

    public PictureSize size() {
        return new PictureSize(width, height);
    }
}
