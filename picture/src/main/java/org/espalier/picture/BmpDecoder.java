package org.espalier.picture;

import java.io.IOException;

/** Windows bitmaps. */
final class BmpDecoder implements Decoder {
    private static final int CORE_HEADER = 12;

    @Override
    public Header header(Source source) throws IOException, UnreadablePicture {
        boolean core = source.u32le(14) == CORE_HEADER;
        int width = core ? source.u16le(18) : (int) source.u32le(18);
        // A negative height says that the rows run from the top down.
        int height = core ? source.u16le(20) : Math.abs((int) source.u32le(22));
        if (width < 1 || height < 1) {
            throw UnreadablePicture.damaged("a size of " + width + " x " + height);
        }
        return new Header(new PictureSize(width, height), Orientation.AS_STORED);
    }

    @Override
    public RgbPicture decode(byte[] bytes, PictureSize stored) throws IOException, UnreadablePicture {
        try (CodecImage image = CodecImage.ofJdk("bmp", bytes)) {
            return new ArgbImage(image.firstFrame()).onWhite();
        }
    }
}
