package org.espalier.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;

/** GIF, of an animation the first frame. */
final class GifDecoder implements Decoder {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int SCREEN_END = 13;

    @Override
    public Header header(Source source) throws IOException, UnreadablePicture {
        Frame frame = frame(source);
        // A frame may stand over the screen; the picture then grows, as in Pillow.
        int width = Math.max(source.u16le(6), frame.left() + frame.width());
        int height = Math.max(source.u16le(8), frame.top() + frame.height());
        return new Header(new PictureSize(width, height), Orientation.AS_STORED);
    }

    private record Frame(int left, int top, int width, int height) {}

    private static Frame frame(Source source) throws IOException, UnreadablePicture {
        int flags = source.u8(10);
        long at = SCREEN_END + ((flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1));
        while (source.u8(at) == EXTENSION) {
            at += 2;
            while (source.u8(at) != 0) {
                at += 1 + source.u8(at);
            }
            at++;
        }
        if (source.u8(at) != IMAGE) {
            throw UnreadablePicture.damaged("it holds no frame");
        }
        Frame frame = new Frame(source.u16le(at + 1), source.u16le(at + 3), source.u16le(at + 5), source.u16le(at + 7));
        if (frame.width() == 0 || frame.height() == 0) {
            throw UnreadablePicture.damaged("a frame without pixels");
        }
        return frame;
    }

    @Override
    public RgbPicture decode(byte[] bytes, PictureSize stored) throws IOException, UnreadablePicture {
        Frame frame = frame(Source.of(bytes));
        try (CodecImage codec = CodecImage.ofJdk("gif", bytes)) {
            BufferedImage image = codec.wholeFirstFrame();
            if (codec.warnings().contains("Out-of-sequence code!")) {
                throw UnreadablePicture.damaged("its compressed data makes no sense");
            }
            boolean indexed = image.getColorModel() instanceof IndexColorModel;
            boolean clear = image.getColorModel().hasAlpha() || !indexed;
            int around = clear ? 0xFFFFFF : image.getColorModel().getRGB(0) & 0xFFFFFF;
            return new ArgbImage(image).onCanvas(stored, frame.left(), frame.top(), around);
        }
    }
}
