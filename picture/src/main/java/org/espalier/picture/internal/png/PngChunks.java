package org.espalier.picture.internal.png;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.espalier.picture.internal.Exif;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/** The chunks of a PNG that bear on its pixels; profiles, gamma, texts and animation are passed over. */
final class PngChunks {
    private static final int SIGNATURE = 8;

    private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
    private int width;
    private int height;
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
    static PngChunks of(PictureBytes bytes, boolean whole) throws IOException, UnreadablePicture {
        PngChunks chunks = new PngChunks();
        chunks.bare.writeBytes(bytes.bytes(0, SIGNATURE));
        long at = SIGNATURE;
        String kind;
        do {
            long length = bytes.u32be(at);
            kind = new String(bytes.bytes(at + 4, 4), StandardCharsets.ISO_8859_1);
            if (at + 12 + length > bytes.length()) {
                throw UnreadablePicture.cutOff(bytes.length());
            }
            chunks.take(bytes, kind, at, (int) length, whole);
            at += 12 + length;
        } while (!kind.equals("IEND"));
        return chunks;
    }

    private void take(PictureBytes bytes, String kind, long at, int length, boolean whole)
            throws IOException, UnreadablePicture {
        if (colour < 0 && !kind.equals("IHDR")) {
            throw UnreadablePicture.damaged("its first chunk is not IHDR");
        }
        switch (kind) {
            case "IHDR" -> {
                readHeader(bytes, at + 8, length);
                keep(bytes, at, length);
            }
            case "PLTE" -> {
                palette = bytes.bytes(at + 8, length);
                if (isIndexed()) {
                    keep(bytes, at, length);
                }
            }
            case "tRNS" -> transparency = bytes.bytes(at + 8, length);
            case "eXIf" -> orientation = Exif.orientation(bytes, at + 8, length);
            case "IDAT", "IEND" -> {
                if (whole) {
                    keep(bytes, at, length);
                }
            }
            default -> {}
        }
    }

    private void readHeader(PictureBytes bytes, long at, int length) throws IOException, UnreadablePicture {
        width = length < 13 ? 0 : (int) bytes.u32be(at);
        height = length < 13 ? 0 : (int) bytes.u32be(at + 4);
        if (colour >= 0 || width < 1 || height < 1) {
            throw UnreadablePicture.damaged("its IHDR chunk gives no size");
        }
        depth = bytes.u8(at + 8);
        colour = bytes.u8(at + 9);
    }

    private void keep(PictureBytes bytes, long at, int length) throws IOException, UnreadablePicture {
        byte[] chunk = bytes.bytes(at, 12 + length);
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

    PictureHeader header() {
        return new PictureHeader(width, height, orientation);
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
