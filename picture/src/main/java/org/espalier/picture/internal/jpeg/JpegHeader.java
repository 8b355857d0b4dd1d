package org.espalier.picture.internal.jpeg;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.espalier.picture.internal.Exif;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/** The marker segments of a JPEG before its first scan (ITU-T T.81, annex B). */
final class JpegHeader {
    private static final int SOF0 = 0xC0;
    private static final int SOF2 = 0xC2;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    static final int RST0 = 0xD0;
    static final int RST7 = 0xD7;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int TEM = 0x01;

    private final PictureBytes bytes;
    private final ByteArrayOutputStream tables = new ByteArrayOutputStream();
    private Orientation orientation = Orientation.AS_STORED;
    private boolean jfif;
    private int adobeTransform = JpegColour.NO_ADOBE;
    private JpegFrame frame = JpegFrame.NONE;
    private long scan;

    private JpegHeader(PictureBytes bytes) {
        this.bytes = bytes;
    }

    static JpegHeader of(PictureBytes bytes) throws IOException, UnreadablePicture {
        JpegHeader header = new JpegHeader(bytes);
        header.walk();
        return header;
    }

    private void walk() throws IOException, UnreadablePicture {
        tables.write(0xFF);
        tables.write(0xD8);
        long at = 2;
        while (true) {
            while (bytes.u8(at) != 0xFF || bytes.u8(at + 1) == 0xFF || bytes.u8(at + 1) == 0) {
                at++;
            }
            int marker = bytes.u8(at + 1);
            if (marker == SOS) {
                scan = at;
                break;
            } else if (marker == EOI) {
                throw UnreadablePicture.damaged("it ends before any pixels");
            } else if (marker == TEM || (marker >= RST0 && marker <= RST7)) {
                at += 2;
            } else {
                int length = bytes.u16be(at + 2);
                if (length < 2) {
                    throw UnreadablePicture.damaged("a marker segment of length " + length);
                }
                segment(marker, at, length);
                at += 2 + length;
            }
        }
        if (frame.components().isEmpty()) {
            throw UnreadablePicture.damaged("its pixels come before its size");
        }
    }

    private void segment(int marker, long at, int length) throws IOException, UnreadablePicture {
        if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
            if (marker > SOF2) {
                throw new UnreadablePicture("is a lossless, hierarchical or arithmetic-coded JPEG, which is not read;"
                        + " convert it to an ordinary one");
            }
            frame = JpegFrame.of(bytes, at + 4, marker == SOF2);
            keep(at, length);
        } else if (marker == DQT || marker == DHT || marker == DRI) {
            keep(at, length);
        } else if (marker == APP0 && bytes.startsWith(at + 4, "JFIF\0")) {
            jfif = true;
        } else if (marker == APP14 && length >= 14 && bytes.startsWith(at + 4, "Adobe")) {
            adobeTransform = bytes.u8(at + 15);
        } else if (marker == APP1 && orientation.code() == 1 && bytes.startsWith(at + 4, "Exif\0\0")) {
            orientation = Exif.orientation(bytes, at + 4, length - 2L);
        }
    }

    private void keep(long at, int length) throws IOException, UnreadablePicture {
        tables.writeBytes(bytes.bytes(at, 2 + length));
    }

    PictureHeader header() {
        return new PictureHeader(frame.width(), frame.height(), orientation);
    }

    JpegFrame frame() {
        return frame;
    }

    void refuseEndlessScans(byte[] whole) throws UnreadablePicture {
        JpegScans.refuseEndless(whole, (int) scan, frame);
    }

    JpegColour colour() throws UnreadablePicture {
        return JpegColour.of(frame.components(), jfif, adobeTransform);
    }

    /**
     * The picture without what does not bear on its coefficients: a codec then meets no profile, thumbnail or comment that
     * could stop it, and no marker from which to guess a conversion.
     */
    byte[] bare(byte[] whole) {
        tables.write(whole, (int) scan, whole.length - (int) scan);
        return tables.toByteArray();
    }
}
