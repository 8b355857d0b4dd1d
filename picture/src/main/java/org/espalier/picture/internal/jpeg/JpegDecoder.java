package org.espalier.picture.internal.jpeg;

import java.awt.image.Raster;
import java.io.IOException;
import org.espalier.picture.internal.CodecImage;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureDecoder;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/**
 * JPEG: sequential and progressive; grey, YCbCr, RGB, CMYK, YCCK. The JDK's codec gives the components, which are equal
 * to those of libjpeg-turbo but for 4:4:0; what they mean is decided here.
 */
public final class JpegDecoder implements PictureDecoder {
    @Override
    public PictureHeader header(PictureBytes bytes) throws IOException, UnreadablePicture {
        return JpegHeader.of(bytes).header();
    }

    @Override
    public byte[] decode(byte[] whole, PictureHeader stored, int step) throws IOException, UnreadablePicture {
        JpegHeader header = JpegHeader.of(PictureBytes.of(whole));
        JpegFrame frame = header.frame();
        header.refuseEndlessScans(whole);
        // Rows that are to be mixed with their neighbours cannot be left out before.
        int left = frame.hasHalvedRows() ? 1 : step;
        Raster raster;
        try (CodecImage codec = CodecImage.ofJdk("jpeg", header.bare(whole))) {
            raster = codec.samples(left);
            refuseHalfAPicture(codec, whole.length);
        }
        if (raster.getWidth() != stored.columns(left)
                || raster.getHeight() != stored.rows(left)
                || raster.getNumBands() != frame.components().size()) {
            throw UnreadablePicture.damaged("two sizes");
        }
        return convert(raster, frame, header.colour(), step / left);
    }

    /** The codec fills what is missing with grey and warns. */
    private static void refuseHalfAPicture(CodecImage codec, long length) throws UnreadablePicture {
        for (String warning : codec.warnings()) {
            if (warning.contains("remature") || warning.contains("EOI")) {
                throw UnreadablePicture.cutOff(length);
            }
            if (warning.startsWith("Corrupt") && !warning.contains("extraneous")) {
                throw UnreadablePicture.damaged(warning);
            }
        }
    }

    private static byte[] convert(Raster raster, JpegFrame frame, JpegColour colour, int step) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[3 * ((width - 1) / step + 1) * ((height - 1) / step + 1)];
        byte[] row = new byte[bands * width];
        byte[] neighbour = new byte[bands * width];
        int to = 0;
        for (int y = 0; y < height; y += step) {
            raster.getDataElements(0, y, width, 1, row);
            for (int band = 0; band < bands; band++) {
                if (frame.isHalvedVertically(band)) {
                    raster.getDataElements(0, neighbourOf(y, height), width, 1, neighbour);
                    smooth(row, neighbour, band, bands, y % 2 == 0 ? 1 : 2);
                }
            }
            for (int x = 0; x < width; x += step, to += 3) {
                colour.toRgb(row, x * bands, rgb, to);
            }
        }
        return rgb;
    }

    /** A row that repeats the sample row above or below the one that row y repeats, whichever is nearer to y. */
    private static int neighbourOf(int y, int height) {
        int sampleRow = y / 2 + (y % 2 == 0 ? -1 : 1);
        int last = (height + 1) / 2 - 1;
        return 2 * Math.max(0, Math.min(last, sampleRow));
    }

    /**
     * Where a component has half the rows, the JDK's codec repeats each; libjpeg-turbo mixes it 3 to 1 with the nearer
     * neighbour. The repeated rows hold all that is needed to do the same.
     */
    private static void smooth(byte[] row, byte[] neighbour, int band, int bands, int bias) {
        for (int i = band; i < row.length; i += bands) {
            row[i] = (byte) ((3 * (row[i] & 0xFF) + (neighbour[i] & 0xFF) + bias) >> 2);
        }
    }
}
