package org.espalier.picture;

import java.awt.image.Raster;
import java.io.IOException;

/**
 * PNG of every kind: 1 to 16 bits, grey, RGB, palette, with alpha or a transparent colour, interlaced or not.
 *
 * <p>Samples of 16 bits keep their upper eight. Pillow does so too, but for grey without alpha, which it clips at 255:
 * all but the darkest 0.4 % become white. No picture is meant so, hence the difference.
 */
final class PngDecoder implements Decoder {
    @Override
    public Header header(Source source) throws IOException, UnreadablePicture {
        return PngChunks.of(source, false).header();
    }

    @Override
    public RgbPicture decode(byte[] bytes, PictureSize stored) throws IOException, UnreadablePicture {
        PngChunks chunks = PngChunks.of(Source.of(bytes), true);
        Raster raster;
        try (CodecImage image = CodecImage.ofJdk("png", chunks.bare())) {
            raster = image.firstFrame().getRaster();
        }
        int bands = raster.getNumBands();
        PngSamples samples = PngSamples.of(chunks, bands);
        int width = stored.width();
        byte[] rgb = new byte[3 * width * stored.height()];
        int[] row = new int[bands * width];
        for (int y = 0; y < stored.height(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                samples.toRgb(row, x * bands, rgb, 3 * (y * width + x));
            }
        }
        return new RgbPicture(width, stored.height(), rgb);
    }
}
