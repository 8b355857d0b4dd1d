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
        int columns = canvas.columns(step);
        byte[] rgb = new byte[3 * columns * canvas.rows(step)];
        if (left > 0 || top > 0 || image.getWidth() < canvas.width() || image.getHeight() < canvas.height()) {
            fill(rgb, around);
        }
        int width = Math.min(image.getWidth(), canvas.width() - left);
        int height = Math.min(image.getHeight(), canvas.height() - top);
        int[] row = new int[Math.max(0, width)];
        int firstColumn = firstFrom(left, step);
        for (int y = firstFrom(top, step); y < top + height && width > 0; y += step) {
            read(y - top, row);
            int to = 3 * (y / step * columns + firstColumn / step);
            for (int x = firstColumn - left; x < width; x += step) {
                int pixel = row[x];
                int alpha = pixel >>> 24;
                rgb[to++] = Blend.onWhite(pixel >> 16 & 0xFF, alpha);
                rgb[to++] = Blend.onWhite(pixel >> 8 & 0xFF, alpha);
                rgb[to++] = Blend.onWhite(pixel & 0xFF, alpha);
            }
        }
        return rgb;
    }

    /** The first multiple of the step that is not before. */
    private static int firstFrom(int start, int step) {
        return (start + step - 1) / step * step;
    }

    private void read(int y, int[] row) {
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

    private static void fill(byte[] rgb, int colour) {
        if (colour == 0xFFFFFF) {
            Arrays.fill(rgb, (byte) 255);
            return;
        }
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (colour >> 16);
            rgb[i + 1] = (byte) (colour >> 8);
            rgb[i + 2] = (byte) colour;
        }
    }
}
