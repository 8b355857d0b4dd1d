package org.espalier.picture.internal.webp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.espalier.picture.internal.Exif;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/**
 * The chunks of a WebP file: its canvas, its orientation, and where its (first) frame lies.
 *
 * @param header size of the canvas, and orientation
 */
record WebpChunks(PictureHeader header, Frame frame) {
    private static final int FIRST = 12;

    /**
     * The frame that is read.
     *
     * @param moving whether it is the first of an animation
     * @param left column of the canvas at which it begins
     * @param top row of the canvas at which it begins
     * @param at position of its own chunks, which are a picture without a container
     * @param length of them, in bytes
     */
    record Frame(boolean moving, int left, int top, int width, int height, long at, long length) {
        static Frame still(int width, int height, long end) {
            return new Frame(false, 0, 0, width, height, FIRST, end - FIRST);
        }
    }

    static WebpChunks of(PictureBytes bytes) throws IOException, UnreadablePicture {
        long end = 8 + bytes.u32le(4);
        if (end > bytes.length()) {
            throw UnreadablePicture.cutOff(bytes.length());
        }
        if (!bytes.startsWith(FIRST, "VP8X")) {
            Frame frame = bare(bytes, end);
            return new WebpChunks(new PictureHeader(frame.width(), frame.height(), Orientation.AS_STORED), frame);
        }
        Orientation orientation = Orientation.AS_STORED;
        long animation = 0;
        for (long at = FIRST; at + 8 <= end; at += 8 + even(bytes.u32le(at + 4))) {
            if (bytes.startsWith(at, "EXIF")) {
                orientation = Exif.orientation(bytes, at + 8, bytes.u32le(at + 4));
            } else if (animation == 0 && bytes.startsWith(at, "ANMF")) {
                animation = at;
            }
        }
        PictureHeader header = new PictureHeader(1 + bytes.u24le(FIRST + 12), 1 + bytes.u24le(FIRST + 15), orientation);
        return new WebpChunks(
                header,
                animation == 0
                        ? Frame.still(header.width(), header.height(), end)
                        : firstOfAnimation(bytes, header, animation));
    }

    private static Frame firstOfAnimation(PictureBytes bytes, PictureHeader canvas, long at)
            throws IOException, UnreadablePicture {
        long length = bytes.u32le(at + 4);
        if (length < 16 || at + 8 + length > bytes.length()) {
            throw UnreadablePicture.damaged("a frame of " + length + " bytes");
        }
        int left = 2 * bytes.u24le(at + 8);
        int top = 2 * bytes.u24le(at + 11);
        int width = 1 + bytes.u24le(at + 14);
        int height = 1 + bytes.u24le(at + 17);
        if (left + width > canvas.width() || top + height > canvas.height()) {
            throw UnreadablePicture.damaged("a frame that does not fit its canvas");
        }
        return new Frame(true, left, top, width, height, at + 24, length - 16);
    }

    private static Frame bare(PictureBytes bytes, long end) throws IOException, UnreadablePicture {
        long data = FIRST + 8;
        int width = 0;
        int height = 0;
        if (bytes.startsWith(FIRST, "VP8 ") && bytes.startsWith(data + 3, "\u009D\u0001*")) {
            width = bytes.u16le(data + 6) & 0x3FFF;
            height = bytes.u16le(data + 8) & 0x3FFF;
        } else if (bytes.startsWith(FIRST, "VP8L") && bytes.u8(data) == 0x2F) {
            long bits = bytes.u32le(data + 1);
            width = 1 + (int) (bits & 0x3FFF);
            height = 1 + (int) (bits >> 14 & 0x3FFF);
        }
        if (width == 0 || height == 0) {
            throw UnreadablePicture.damaged("it holds no frame");
        }
        return Frame.still(width, height, end);
    }

    private static long even(long length) {
        return length + (length & 1);
    }

    /** A still picture of the frame, for a codec that knows no animations. */
    byte[] still(byte[] whole) {
        if (!frame.moving()) {
            return whole;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
        little(out, 4, 4 + 18 + frame.length());
        out.writeBytes("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1));
        little(out, 4, 10);
        little(out, 4, 0x10);
        little(out, 3, frame.width() - 1L);
        little(out, 3, frame.height() - 1L);
        out.write(whole, (int) frame.at(), (int) frame.length());
        return out.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >> (8 * i)));
        }
    }
}
