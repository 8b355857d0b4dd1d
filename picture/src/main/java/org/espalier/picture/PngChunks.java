package org.espalier.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The chunks of a PNG that bear on its pixels; profiles, gamma, texts and animation are passed over. */
final class PngChunks {
    private static final int SIGNATURE = 8;

    private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
    private PictureSize size = new PictureSize(1, 1);
    private int depth;
    private int colour = -1;
    private byte[] palette = new byte[0];
    private byte[] transparency = new byte[0];
    private Orientation orientation = Orientation.AS_STORED;

    private PngChunks() {}

    /**
     * Walks the chunks.
     *
     * @param whole whether the picture is wanted too, or only what its header says
     */
    static PngChunks of(Source source, boolean whole) throws IOException, UnreadablePicture {
        PngChunks chunks = new PngChunks();
        chunks.bare.writeBytes(source.bytes(0, SIGNATURE));
        long at = SIGNATURE;
        String kind;
        do {
            long length = source.u32be(at);
            kind = new String(source.bytes(at + 4, 4), StandardCharsets.ISO_8859_1);
            if (at + 12 + length > source.length()) {
                throw UnreadablePicture.cutOff(source.length());
            }
            chunks.take(source, kind, at, (int) length, whole);
            at += 12 + length;
        } while (!kind.equals("IEND"));
        return chunks;
    }

    private void take(Source source, String kind, long at, int length, boolean whole)
            throws IOException, UnreadablePicture {
        if (colour < 0 && !kind.equals("IHDR")) {
            throw UnreadablePicture.damaged("its first chunk is not IHDR");
        }
        switch (kind) {
            case "IHDR" -> {
                readHeader(source, at + 8, length);
                keep(source, at, length);
            }
            case "PLTE" -> {
                palette = source.bytes(at + 8, length);
                if (isIndexed()) {
                    keep(source, at, length);
                }
            }
            case "tRNS" -> transparency = source.bytes(at + 8, length);
            case "eXIf" -> orientation = Exif.orientation(source, at + 8, length);
            case "IDAT", "IEND" -> {
                if (whole) {
                    keep(source, at, length);
                }
            }
            default -> {}
        }
    }

    private void readHeader(Source source, long at, int length) throws IOException, UnreadablePicture {
        long width = length < 13 ? 0 : source.u32be(at);
        long height = length < 13 ? 0 : source.u32be(at + 4);
        if (colour >= 0 || width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw UnreadablePicture.damaged("its IHDR chunk gives no size");
        }
        size = new PictureSize((int) width, (int) height);
        depth = source.u8(at + 8);
        colour = source.u8(at + 9);
    }

    private void keep(Source source, long at, int length) throws IOException, UnreadablePicture {
        byte[] chunk = source.bytes(at, 12 + length);
        CRC32 crc = new CRC32();
        crc.update(chunk, 4, 4 + length);
        if (ByteBuffer.wrap(chunk).getInt(8 + length) != (int) crc.getValue()) {
            throw UnreadablePicture.damaged("a chunk's checksum does not fit");
        }
        bare.writeBytes(chunk);
    }

    /** The picture without what would change its samples or could stop a codec. */
    byte[] bare() {
        return bare.toByteArray();
    }

    Header header() {
        return new Header(size, orientation);
    }

    boolean isIndexed() {
        return colour == 3;
    }

    /** Bits of a sample: 1, 2, 4, 8 or 16. */
    int depth() {
        return depth;
    }

    byte[] palette() {
        return palette;
    }

    /** Of a palette, alpha of the first entries; else the 16-bit samples of the one colour that is transparent. */
    byte[] transparency() {
        return transparency;
    }
}
