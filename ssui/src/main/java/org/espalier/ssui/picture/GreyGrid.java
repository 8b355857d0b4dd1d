package org.espalier.ssui.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * A picture as 32 by 32 means of brightness, 0 to 255.
 *
 * @param cells row by row
 */
record GreyGrid(double[] cells) {
    static final int SIDE = 32;

    /** Pixels of the shorter side that are kept while decoding: eight for each mean. */
    private static final int ENOUGH = SIDE * 8;

    /** Brightness of one pixel. */
    private interface Grey {
        double at(int x, int y);
    }

    /** Decodes a picture to its end, keeping no more pixels than the means need. */
    static GreyGrid decode(ImageReader reader, PictureFormat format, int width, int height) throws IOException {
        AtomicReference<String> damage = new AtomicReference<>("");
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                damage.set(warning);
            }
        });
        int step = Math.max(1, Math.min(width, height) / ENOUGH);
        ImageReadParam param = reader.getDefaultReadParam();
        // The WebP reader decodes whole pictures whatever it is told.
        if (format != PictureFormat.WEBP) {
            param.setSourceSubsampling(step, step, 0, 0);
        }
        GreyGrid grid = means(reader, param);
        if (!damage.get().isEmpty()) {
            throw new IIOException("it ends too early");
        }
        return grid;
    }

    private static GreyGrid means(ImageReader reader, ImageReadParam param) throws IOException {
        BufferedImage image;
        try {
            image = reader.read(0, param);
        } catch (IIOException e) {
            if (!reader.canReadRaster()) {
                throw e;
            }
            // Four inks, which this codec gives unconverted, light where nothing is printed.
            Raster raw = reader.readRaster(0, param);
            if (raw.getNumBands() != 4) {
                throw e;
            }
            return of(
                    raw.getWidth(),
                    raw.getHeight(),
                    (x, y) -> (raw.getSample(x, y, 0) + raw.getSample(x, y, 1) + raw.getSample(x, y, 2))
                            / 765.0
                            * raw.getSample(x, y, 3));
        }
        return of(image.getWidth(), image.getHeight(), (x, y) -> grey(image.getRGB(x, y)));
    }

    /** Brightness of a pixel laid on white. */
    private static double grey(int argb) {
        int alpha = argb >>> 24;
        double colour = 0.299 * (argb >> 16 & 255) + 0.587 * (argb >> 8 & 255) + 0.114 * (argb & 255);
        return (colour * alpha + 255.0 * (255 - alpha)) / 255;
    }

    private static GreyGrid of(int width, int height, Grey grey) {
        double[] sums = new double[SIDE * SIDE];
        for (int cellY = 0; cellY < SIDE; cellY++) {
            int top = cellY * height / SIDE;
            int bottom = Math.max(top + 1, (cellY + 1) * height / SIDE);
            for (int cellX = 0; cellX < SIDE; cellX++) {
                int left = cellX * width / SIDE;
                int right = Math.max(left + 1, (cellX + 1) * width / SIDE);
                double sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        sum += grey.at(x, y);
                    }
                }
                sums[cellY * SIDE + cellX] = sum / ((bottom - top) * (right - left));
            }
        }
        return new GreyGrid(sums);
    }
}
