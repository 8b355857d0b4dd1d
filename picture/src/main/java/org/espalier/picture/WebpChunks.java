package org.espalier.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The chunks of a WebP file: its canvas, its orientation, and where its (first) frame lies.
 *
 * @param frame position of the frame's own chunks, which are a picture without a container
 * @param frameLength their length in bytes
 */
record WebpChunks(
        Header header, boolean animated, int left, int top, PictureSize frameSize, long frame, long frameLength) {
    private static final int FIRST = 12;

    static WebpChunks of(Source source) throws IOException, UnreadablePicture {
        long end = 8 + source.u32le(4);
        if (end > source.length()) {
            throw UnreadablePicture.cutOff(source.length());
        }
        if (!source.startsWith(FIRST, "VP8X")) {
            PictureSize size = bareSize(source);
            return new WebpChunks(new Header(size, Orientation.AS_STORED), false, 0, 0, size, FIRST, end - FIRST);
        }
        PictureSize canvas = new PictureSize(1 + source.u24le(FIRST + 12), 1 + source.u24le(FIRST + 15));
        Orientation orientation = Orientation.AS_STORED;
        long animation = 0;
        for (long at = FIRST; at + 8 <= end; at += 8 + even(source.u32le(at + 4))) {
            if (source.startsWith(at, "EXIF")) {
                orientation = Exif.orientation(source, at + 8, source.u32le(at + 4));
            } else if (animation == 0 && source.startsWith(at, "ANMF")) {
                animation = at;
            }
        }
        Header header = new Header(canvas, orientation);
        return animation == 0
                ? new WebpChunks(header, false, 0, 0, canvas, FIRST, end - FIRST)
                : firstOfAnimation(source, header, animation);
    }

    private static WebpChunks firstOfAnimation(Source source, Header header, long at)
            throws IOException, UnreadablePicture {
        long length = source.u32le(at + 4);
        if (length < 16 || at + 8 + length > source.length()) {
            throw UnreadablePicture.damaged("a frame of " + length + " bytes");
        }
        int left = 2 * source.u24le(at + 8);
        int top = 2 * source.u24le(at + 11);
        PictureSize size = new PictureSize(1 + source.u24le(at + 14), 1 + source.u24le(at + 17));
        if (left + size.width() > header.stored().width()
                || top + size.height() > header.stored().height()) {
            throw UnreadablePicture.damaged("a frame that stands over its canvas");
        }
        return new WebpChunks(header, true, left, top, size, at + 24, length - 16);
    }

    private static PictureSize bareSize(Source source) throws IOException, UnreadablePicture {
        long data = FIRST + 8;
        int width = 0;
        int height = 0;
        if (source.startsWith(FIRST, "VP8 ") && source.startsWith(data + 3, "\u009D\u0001*")) {
            width = source.u16le(data + 6) & 0x3FFF;
            height = source.u16le(data + 8) & 0x3FFF;
        } else if (source.startsWith(FIRST, "VP8L") && source.u8(data) == 0x2F) {
            long bits = source.u32le(data + 1);
            width = 1 + (int) (bits & 0x3FFF);
            height = 1 + (int) (bits >> 14 & 0x3FFF);
        }
        if (width == 0 || height == 0) {
            throw UnreadablePicture.damaged("it holds no frame");
        }
        return new PictureSize(width, height);
    }

    private static long even(long length) {
        return length + (length & 1);
    }

    /** A still picture of the frame, for a codec that knows no animations. */
    byte[] still(byte[] whole) {
        if (!animated) {
            return whole;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
        little(out, 4, 4 + 18 + frameLength);
        out.writeBytes("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1));
        little(out, 4, 10);
        little(out, 4, 0x10);
        little(out, 3, frameSize.width() - 1L);
        little(out, 3, frameSize.height() - 1L);
        out.write(whole, (int) frame, (int) frameLength);
        return out.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >> (8 * i)));
        }
    }
}
