package org.espalier.endpoint.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Sha256;
import org.espalier.picture.PictureFormat;
import org.espalier.picture.resize.Thumbnail;

/**
 * A picture that is sent. In requests it stands as {@link #mark} until the moment of sending, so that neither memory nor
 * the journal holds it. Where a provider does not take it as it is, a JPEG copy is sent: the same picture always gives the
 * same copy.
 *
 * @param content names what is sent: the SHA-256 of the file, and for a copy its greatest side
 * @param bytes size of what is sent
 */
public record EncodedPicture(Path file, String content, String mediaType, long bytes, Optional<byte[]> copy) {
    /** Pixels a side of a copy, at most: hosted models look at no more. */
    private static final int SIDE = 2048;

    /**
     * Looks at a file.
     *
     * @throws org.espalier.core.InputException if it is not there
     * @throws org.espalier.core.UnusablePictureException if it is no picture, or one of which no copy can be made
     */
    public static EncodedPicture of(Path file, PictureTerms terms) {
        boolean whole = terms.against(file).isEmpty();
        String sha256 = Sha256.of(file);
        return FileTrouble.reading(
                file,
                () -> whole
                        ? new EncodedPicture(
                                file, sha256, PictureTerms.format(file).mediaType(), Files.size(file), Optional.empty())
                        : copied(file, sha256, terms));
    }

    private static EncodedPicture copied(Path file, String sha256, PictureTerms terms) throws IOException {
        byte[] original = Files.readAllBytes(file);
        int side = Math.min(SIDE, terms.side());
        byte[] copy = Thumbnail.jpeg(original, file.toString(), side);
        while (copy.length > terms.bytes()) {
            side = side * 3 / 4;
            copy = Thumbnail.jpeg(original, file.toString(), side);
        }
        return new EncodedPicture(
                file, sha256 + "/jpeg-" + side, PictureFormat.JPEG.mediaType(), copy.length, Optional.of(copy));
    }

    /** What stands for it in a request. */
    public String mark() {
        return "sha256:" + content;
    }

    /** What is sent, from its first byte. */
    public InputStream open() throws IOException {
        return copy.isPresent() ? new ByteArrayInputStream(copy.get()) : Files.newInputStream(file);
    }
}
