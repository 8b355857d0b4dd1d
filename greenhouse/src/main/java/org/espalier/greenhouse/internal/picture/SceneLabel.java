package org.espalier.greenhouse.internal.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.espalier.greenhouse.world.Thing;

/**
 * What a picture of the greenhouse shows, written into the PNG as a text chunk in front of its pixels: models see pixels
 * alone, but the server that plays an endpoint can look at the first bytes of a picture and know what is in it.
 */
public final class SceneLabel {
    private static final byte[] KEYWORD = "espalier-scene\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TEXT = "tEXt".getBytes(StandardCharsets.ISO_8859_1);
    /** An ancillary, private chunk that may be copied: readers skip it. */
    private static final byte[] FILLER = "faLr".getBytes(StandardCharsets.ISO_8859_1);

    /** Signature and header of every PNG. */
    private static final int HEAD = 8 + 25;

    private static final int CHUNK = 12;

    private SceneLabel() {}

    /** The PNG with a label of what it shows. */
    public static byte[] write(byte[] png, Scene scene) {
        String names = String.join(",", scene.things().stream().map(Thing::name).toList());
        byte[] words = names.getBytes(StandardCharsets.ISO_8859_1);
        byte[] data = Arrays.copyOf(KEYWORD, KEYWORD.length + words.length);
        System.arraycopy(words, 0, data, KEYWORD.length, words.length);
        return inserted(png, HEAD, chunk(TEXT, data));
    }

    /** The PNG made at least so many bytes long by a chunk that readers skip: for measuring with larger pictures. */
    public static byte[] filled(byte[] png, int bytes) {
        int missing = bytes - png.length - CHUNK;
        if (missing < 0) {
            return png;
        }
        byte[] data = new byte[missing];
        long state = Arrays.hashCode(png);
        for (int i = 0; i < missing; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            data[i] = (byte) (state >>> 56);
        }
        // Before the last chunk, which must stay the last.
        return inserted(png, png.length - CHUNK, chunk(FILLER, data));
    }

    /** Names of the things in a picture from its first few hundred bytes; empty if it is none of the greenhouse's. */
    public static Optional<List<String>> read(byte[] start) {
        if (start.length < HEAD + CHUNK + KEYWORD.length || start[1] != 'P' || start[2] != 'N' || start[3] != 'G') {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(start, HEAD, 4).getInt();
        int at = HEAD + 8;
        boolean ours = Arrays.equals(start, HEAD + 4, at, TEXT, 0, 4)
                && length > KEYWORD.length
                && at + length <= start.length
                && Arrays.equals(start, at, at + KEYWORD.length, KEYWORD, 0, KEYWORD.length);
        if (!ours) {
            return Optional.empty();
        }
        String names = new String(start, at + KEYWORD.length, length - KEYWORD.length, StandardCharsets.ISO_8859_1);
        return Optional.of(List.of(names.split(",")));
    }

    private static byte[] chunk(byte[] type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(data);
        return ByteBuffer.allocate(CHUNK + data.length)
                .putInt(data.length)
                .put(type)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] inserted(byte[] png, int at, byte[] chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(png.length + chunk.length);
        out.write(png, 0, at);
        out.writeBytes(chunk);
        out.write(png, at, png.length - at);
        return out.toByteArray();
    }
}
