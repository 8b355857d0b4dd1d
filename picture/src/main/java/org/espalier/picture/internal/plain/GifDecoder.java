package org.espalier.picture.internal.plain;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import org.espalier.picture.internal.ArgbImage;
import org.espalier.picture.internal.CodecImage;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureDecoder;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/** GIF, of an animation the first frame. */
public final class GifDecoder implements PictureDecoder {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int SCREEN_END = 13;

    @Override
    public PictureHeader header(PictureBytes bytes) throws IOException, UnreadablePicture {
        Frame frame = frame(bytes);
        // A frame may be larger than the screen; the picture then grows, as in Pillow.
        int width = Math.max(bytes.u16le(6), frame.left() + frame.width());
        int height = Math.max(bytes.u16le(8), frame.top() + frame.height());
        return new PictureHeader(width, height, Orientation.AS_STORED);
    }

    private record Frame(int left, int top, int width, int height) {}

    private static Frame frame(PictureBytes bytes) throws IOException, UnreadablePicture {
        int flags = bytes.u8(10);
        long at = SCREEN_END + ((flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1));
        while (bytes.u8(at) == EXTENSION) {
            at += 2;
            while (bytes.u8(at) != 0) {
                at += 1 + bytes.u8(at);
            }
            at++;
        }
        if (bytes.u8(at) != IMAGE) {
            throw UnreadablePicture.damaged("it holds no frame");
        }
        Frame frame = new Frame(bytes.u16le(at + 1), bytes.u16le(at + 3), bytes.u16le(at + 5), bytes.u16le(at + 7));
        if (frame.width() == 0 || frame.height() == 0) {
            throw UnreadablePicture.damaged("a frame without pixels");
        }
        return frame;
    }

    @Override
    public byte[] decode(byte[] whole, PictureHeader header, int step) throws IOException, UnreadablePicture {
        Frame frame = frame(PictureBytes.of(whole));
        try (CodecImage codec = CodecImage.ofJdk("gif", whole)) {
            BufferedImage image = codec.wholeFirstFrame();
            if (codec.warnings().contains("Out-of-sequence code!")) {
                throw UnreadablePicture.damaged("its compressed data makes no sense");
            }
            boolean indexed = image.getColorModel() instanceof IndexColorModel;
            boolean clear = image.getColorModel().hasAlpha() || !indexed;
            int around = clear ? 0xFFFFFF : image.getColorModel().getRGB(0) & 0xFFFFFF;
            return new ArgbImage(image).onCanvas(header, frame.left(), frame.top(), around, step);
        }
    }
}
