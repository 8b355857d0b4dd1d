package org.espalier.endpoint.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Sha256;
import org.espalier.picture.PictureFormat;

/**
 * A picture that is sent. In requests it stands as {@link #mark} until the moment of sending, so that neither memory nor
 * the journal holds it.
 *
 * @param mediaType by the file's first bytes
 * @param bytes size of the file
 */
public record EncodedPicture(Path file, String sha256, String mediaType, long bytes) {
    private static final int MIB = 1 << 20;

    /**
     * Looks at a file.
     *
     * @throws InputException if it is not there, too large for {@code provider} or of a kind that it does not take
     */
    public static EncodedPicture of(Path file, Provider provider) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
                throw new InputException(file + " is a device or a pipe where a picture is needed");
            }
            byte[] head;
            try (InputStream in = Files.newInputStream(file)) {
                head = in.readNBytes(PictureFormat.HEAD);
            }
            String type = PictureFormat.of(head).map(PictureFormat::mediaType).orElse("");
            long bytes = Files.size(file);
            if (!provider.mediaTypes().contains(type)) {
                throw new InputException(file + " is no picture that " + provider.label() + " takes: "
                        + String.join(", ", provider.mediaTypes()));
            }
            if (bytes > (long) provider.maxMib() * MIB) {
                throw new InputException(
                        file + " has " + bytes / MIB + " MiB, and " + provider.label() + " takes at most "
                                + provider.maxMib() + ": make it smaller, or take pictures in with --max-mib "
                                + provider.maxMib());
            }
            return new EncodedPicture(file, Sha256.of(file), type, bytes);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** What stands for it in a request. */
    public String mark() {
        return "sha256:" + sha256;
    }
}
