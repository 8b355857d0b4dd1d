package org.espalier.picture.internal.png;

import java.awt.image.Raster;
import java.io.IOException;
import org.espalier.picture.internal.CodecImage;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureDecoder;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/**
 * PNG of every kind: 1 to 16 bits, grey, RGB, palette, with alpha or a transparent colour, interlaced or not.
 *
 * <p>Samples of 16 bits keep their upper eight. Pillow does so too, but for grey without alpha, which it clips at 255:
 * all but the darkest 0.4 % become white. No picture is meant so, hence the difference.
 */
public final class PngDecoder implements PictureDecoder {
    @Override
    public PictureHeader header(PictureBytes bytes) throws IOException, UnreadablePicture {
        return PngChunks.of(bytes, false).header();
    }

    @Override
    public byte[] decode(byte[] whole, PictureHeader header, int step) throws IOException, UnreadablePicture {
        PngChunks chunks = PngChunks.of(PictureBytes.of(whole), true);
        Raster raster;
        try (CodecImage codec = CodecImage.ofJdk("png", chunks.bare())) {
            raster = codec.firstFrame(step).getRaster();
        }
        int bands = raster.getNumBands();
        PngSamples samples = PngSamples.of(chunks, bands);
        int width = header.columns(step);
        int height = header.rows(step);
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[bands * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                samples.toRgb(row, x * bands, rgb, 3 * (y * width + x));
            }
        }
        return rgb;
    }
}
