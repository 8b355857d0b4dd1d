package org.espalier.picture;

import java.io.IOException;

/** The one thing of an EXIF block that changes pixels: its orientation. */
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /**
     * Orientation in the block (TIFF header and directory) at a position of the source, which may begin with
     * {@code Exif\0\0}. A broken block says nothing about the pixels, so it is taken as absent.
     */
    static Orientation orientation(Source source, long at, long length) throws IOException {
        try {
            if (at + length > source.length()) {
                return Orientation.AS_STORED;
            }
            return source.startsWith(at, "Exif\0\0")
                    ? ofTiff(source, at + 6, at + length)
                    : ofTiff(source, at, at + length);
        } catch (UnreadablePicture broken) {
            return Orientation.AS_STORED;
        }
    }

    private static Orientation ofTiff(Source source, long tiff, long end) throws IOException, UnreadablePicture {
        boolean little = source.startsWith(tiff, "II*\0");
        if (!little && !source.startsWith(tiff, "MM\0*")) {
            return Orientation.AS_STORED;
        }
        long directory = tiff + (little ? source.u32le(tiff + 4) : source.u32be(tiff + 4));
        int entries = u16(source, directory, little);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > end) {
                break;
            }
            if (u16(source, entry, little) == ORIENTATION && u16(source, entry + 2, little) == SHORT) {
                return Orientation.ofTag(u16(source, entry + 8, little));
            }
        }
        return Orientation.AS_STORED;
    }

    private static int u16(Source source, long at, boolean little) throws IOException, UnreadablePicture {
        return little ? source.u16le(at) : source.u16be(at);
    }
}
