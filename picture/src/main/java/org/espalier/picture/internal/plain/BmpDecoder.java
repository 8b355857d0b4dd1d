package org.espalier.picture.internal.plain;

import java.io.IOException;
import org.espalier.picture.internal.ArgbImage;
import org.espalier.picture.internal.CodecImage;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureDecoder;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/** Windows bitmaps. */
public final class BmpDecoder implements PictureDecoder {
    private static final int CORE_HEADER = 12;

    /** Compression from which on another picture lies inside, with a size of its own that nobody has looked at. */
    private static final int JPEG_INSIDE = 4;

    private static final int PNG_INSIDE = 5;

    @Override
    public PictureHeader header(PictureBytes bytes) throws IOException, UnreadablePicture {
        boolean core = bytes.u32le(14) == CORE_HEADER;
        int width = core ? bytes.u16le(18) : (int) bytes.u32le(18);
        // A negative height says that the rows run from the top down.
        int height = core ? bytes.u16le(20) : Math.abs((int) bytes.u32le(22));
        if (width < 1 || height < 1) {
            throw UnreadablePicture.damaged("a size of " + width + " x " + height);
        }
        long compression = core ? 0 : bytes.u32le(30);
        if (compression == JPEG_INSIDE || compression == PNG_INSIDE) {
            throw new UnreadablePicture(
                    "is a BMP with a JPEG or a PNG inside, which is not read; save it as an ordinary picture");
        }
        return new PictureHeader(width, height, Orientation.AS_STORED);
    }

    @Override
    public byte[] decode(byte[] whole, PictureHeader header, int step) throws IOException, UnreadablePicture {
        try (CodecImage codec = CodecImage.ofJdk("bmp", whole)) {
            return new ArgbImage(codec.firstFrame()).onCanvas(header, 0, 0, 0xFFFFFF, step);
        }
    }
}
