package org.espalier.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;

/** Reads a file that is to fit in memory, and no further: a link may lead to a device that never ends. */
public final class TextFile {
    /** No recipe, list or record is longer. */
    private static final int MOST_BYTES = 256_000_000;

    private TextFile() {}

    /**
     * The text of a file.
     *
     * @throws InputException if it has more than 256 MB
     * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
     */
    public static String read(Path file) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file)))
                .toString();
    }

    /**
     * The bytes of a file.
     *
     * @throws InputException if it has more than 256 MB
     */
    public static byte[] bytes(Path file) throws IOException {
        FileTrouble.refusePipe(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InputException(file
                        + " is longer than %,d bytes: it is not the file that is needed here".formatted(MOST_BYTES));
            }
            return bytes;
        }
    }
}
