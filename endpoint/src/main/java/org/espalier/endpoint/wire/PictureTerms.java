package org.espalier.endpoint.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.UnusablePictureException;
import org.espalier.core.file.FileTrouble;
import org.espalier.picture.PictureFormat;
import org.espalier.picture.PictureReader;

/**
 * Which pictures a provider takes as they are: JPEG, PNG and WebP within these limits. Of others a copy is sent.
 *
 * @param bytes greatest size of a file
 * @param side greatest width and height in pixels; {@link Integer#MAX_VALUE} where none is known
 */
public record PictureTerms(long bytes, int side) {
    /** A model in this process reads whatever can be read. */
    public static final PictureTerms ANY = new PictureTerms(Long.MAX_VALUE, Integer.MAX_VALUE);

    private static final double MIB = 1 << 20;

    static PictureTerms mib(double most, int side) {
        return new PictureTerms((long) (most * MIB), side);
    }

    /**
     * Why a copy of a picture must be sent, in a clause; empty if the picture itself can be.
     *
     * @throws UnusablePictureException if it is no picture
     */
    public Optional<String> against(Path file) {
        PictureFormat format = format(file);
        if (equals(ANY)) {
            return Optional.empty();
        }
        if (format == PictureFormat.GIF || format == PictureFormat.BMP) {
            return Optional.of("is " + format);
        }
        long size = FileTrouble.reading(file, () -> Files.size(file));
        if (size > bytes) {
            return Optional.of("has %.1f MiB".formatted(size / MIB));
        }
        return side < Integer.MAX_VALUE && new PictureReader().size(file).longerSide() > side
                ? Optional.of("has more than " + side + " pixels a side")
                : Optional.empty();
    }

    static PictureFormat format(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new InputException(file + " is a device or a pipe where a picture is needed");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return PictureFormat.of(in.readNBytes(PictureFormat.HEAD))
                    .orElseThrow(
                            () -> new UnusablePictureException(file + " is not a JPEG, PNG, WebP, GIF or BMP picture"));
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }
}
