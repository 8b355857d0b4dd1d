package org.espalier.picture;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** An image of 8-bit colours with alpha, as a codec gives it, and its way onto a white canvas. */
record ArgbImage(BufferedImage image) {
    RgbPicture onWhite() {
        return onCanvas(new PictureSize(image.getWidth(), image.getHeight()), 0, 0, 0xFFFFFF);
    }

    /**
     * Lays the image on a canvas; what stands over is cut off.
     *
     * @param around colour of the canvas outside the image; inside it is white
     */
    RgbPicture onCanvas(PictureSize canvas, int left, int top, int around) {
        byte[] rgb = new byte[3 * canvas.width() * canvas.height()];
        if (left > 0 || top > 0 || image.getWidth() < canvas.width() || image.getHeight() < canvas.height()) {
            fill(rgb, around);
        }
        int width = Math.min(image.getWidth(), canvas.width() - left);
        int height = Math.min(image.getHeight(), canvas.height() - top);
        int[] row = new int[Math.max(0, width)];
        for (int y = 0; y < height && width > 0; y++) {
            read(y, row);
            int to = 3 * ((top + y) * canvas.width() + left);
            for (int pixel : row) {
                int alpha = pixel >>> 24;
                rgb[to++] = Blend.onWhite(pixel >> 16 & 0xFF, alpha);
                rgb[to++] = Blend.onWhite(pixel >> 8 & 0xFF, alpha);
                rgb[to++] = Blend.onWhite(pixel & 0xFF, alpha);
            }
        }
        return new RgbPicture(canvas.width(), canvas.height(), rgb);
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
