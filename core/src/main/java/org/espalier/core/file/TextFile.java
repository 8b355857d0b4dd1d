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
     * @throws InputException if it is not there, has more than 256 MB or is not UTF-8
     */
    public static String read(Path file) {
        return read(file, MOST_BYTES);
    }

    static String read(Path file, int most) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(file, most));
        return FileTrouble.reading(
                file, () -> StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    }

    /**
     * The bytes of a file.
     *
     * @throws InputException if it is not there or has more than 256 MB
     */
    public static byte[] bytes(Path file) {
        return bytes(file, MOST_BYTES);
    }

    private static byte[] bytes(Path file, int most) {
        long size = FileTrouble.size(file);
        if (size > 0 && size <= most) {
            return FileTrouble.reading(file, () -> Files.readAllBytes(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new InputException(
                        file + " is longer than %,d bytes: it is not the file that is needed here".formatted(most));
            }
            return bytes;
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }
}
