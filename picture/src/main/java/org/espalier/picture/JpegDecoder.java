package org.espalier.picture;

import java.awt.image.Raster;
import java.io.IOException;

/**
 * JPEG: sequential and progressive; grey, YCbCr, RGB, CMYK, YCCK. The JDK's codec gives the components, which are equal
 * to those of libjpeg-turbo but for 4:4:0; what they mean is decided here.
 */
final class JpegDecoder implements Decoder {
    @Override
    public Header header(Source source) throws IOException, UnreadablePicture {
        return JpegHeader.of(source).header();
    }

    @Override
    public RgbPicture decode(byte[] bytes, PictureSize stored) throws IOException, UnreadablePicture {
        JpegHeader header = JpegHeader.of(Source.of(bytes));
        Raster raster;
        try (CodecImage image = CodecImage.ofJdk("jpeg", header.bare(bytes))) {
            raster = image.use(r -> r.readRaster(0, null));
            refuseHalfAPicture(image, bytes.length);
        }
        JpegFrame frame = header.frame();
        if (raster.getWidth() != stored.width()
                || raster.getHeight() != stored.height()
                || raster.getNumBands() != frame.components().size()) {
            throw UnreadablePicture.damaged("two sizes");
        }
        return convert(raster, frame, header.colour());
    }

    /** The codec fills what is missing with grey and warns. */
    private static void refuseHalfAPicture(CodecImage image, long length) throws UnreadablePicture {
        for (String warning : image.warnings()) {
            if (warning.contains("remature") || warning.contains("EOI")) {
                throw UnreadablePicture.cutOff(length);
            }
            if (warning.startsWith("Corrupt") && !warning.contains("extraneous")) {
                throw UnreadablePicture.damaged(warning);
            }
        }
    }

    private static RgbPicture convert(Raster raster, JpegFrame frame, JpegColour colour) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[3 * width * raster.getHeight()];
        byte[] row = new byte[bands * width];
        byte[] neighbour = new byte[bands * width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getDataElements(0, y, width, 1, row);
            for (int band = 0; band < bands; band++) {
                if (frame.isHalvedVertically(band)) {
                    raster.getDataElements(0, neighbourOf(y, raster.getHeight()), width, 1, neighbour);
                    smooth(row, neighbour, band, bands, y % 2 == 0 ? 1 : 2);
                }
            }
            for (int x = 0; x < width; x++) {
                colour.toRgb(row, x * bands, rgb, 3 * (y * width + x));
            }
        }
        return new RgbPicture(width, raster.getHeight(), rgb);
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
