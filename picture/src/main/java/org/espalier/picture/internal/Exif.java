package org.espalier.picture.internal;

import java.io.IOException;

/** The one thing of an EXIF block that changes pixels: its orientation. */
public final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /**
     * Orientation in the block (TIFF header and directory) at a position, which may begin with
     * {@code Exif\0\0}. A broken block says nothing about the pixels, so it is taken as absent.
     */
    public static Orientation orientation(PictureBytes bytes, long at, long length) throws IOException {
        try {
            if (at + length > bytes.length()) {
                return Orientation.AS_STORED;
            }
            return bytes.startsWith(at, "Exif\0\0")
                    ? ofTiff(bytes, at + 6, at + length)
                    : ofTiff(bytes, at, at + length);
        } catch (UnreadablePicture broken) {
            return Orientation.AS_STORED;
        }
    }

    private static Orientation ofTiff(PictureBytes bytes, long tiff, long end) throws IOException, UnreadablePicture {
        boolean little = bytes.startsWith(tiff, "II*\0");
        if (!little && !bytes.startsWith(tiff, "MM\0*")) {
            return Orientation.AS_STORED;
        }
        long directory = tiff + (little ? bytes.u32le(tiff + 4) : bytes.u32be(tiff + 4));
        int entries = u16(bytes, directory, little);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > end) {
                break;
            }
            if (u16(bytes, entry, little) == ORIENTATION && u16(bytes, entry + 2, little) == SHORT) {
                return Orientation.ofTag(u16(bytes, entry + 8, little));
            }
        }
        return Orientation.AS_STORED;
    }

    private static int u16(PictureBytes bytes, long at, boolean little) throws IOException, UnreadablePicture {
        return little ? bytes.u16le(at) : bytes.u16be(at);
    }
}
