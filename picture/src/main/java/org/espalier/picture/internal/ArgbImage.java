package org.espalier.picture.internal;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** An image of 8-bit colours with alpha, as a codec gives it, and its way onto a white canvas. */
public record ArgbImage(BufferedImage image) {
    /**
     * Lays the image on a canvas, as RGB; what lies outside of it is cut off.
     *
     * @param canvas its size
     * @param left column of the canvas, 0 or more, at which the image begins
     * @param top row of the canvas, 0 or more, at which the image begins
     * @param around colour of the canvas outside the image; inside it is white
     * @param step of every so many rows of the canvas so many pixels are kept
     */
    public byte[] onCanvas(PictureHeader canvas, int left, int top, int around, int step) {
        return laidOn(canvas, left, top, around, step).rgb();
    }

    /** The same, for whoever takes it row by row. */
    public OnCanvas laidOn(PictureHeader canvas, int left, int top, int around, int step) {
        return new OnCanvas(this, canvas, left, top, around, step);
    }

    void read(int y, int[] row) {
        if (image.getType() == BufferedImage.TYPE_INT_ARGB) {
            image.getRaster().getDataElements(0, y, row.length, 1, row);
        } else if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            // Java takes such samples for linear light and would brighten them.
            image.getRaster().getPixels(0, y, row.length, 1, row);
            Arrays.setAll(row, x -> 0xFF000000 | row[x] * 0x010101);
        } else {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
        }
    }
}
