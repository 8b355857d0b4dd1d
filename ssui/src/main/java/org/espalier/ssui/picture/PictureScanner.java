package org.espalier.ssui.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.espalier.core.file.Sha256;

/**
 * Looks at files that may be anything: size first, then the first bytes, then the header, and only then the pixels.
 * Thread-safe.
 */
public record PictureScanner(PictureLimits limits) {
    /** Looks at a file. */
    public Scan scan(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            int most = (int) Math.min(limits.bytes() + 1, Integer.MAX_VALUE - 8);
            return scan(in.readNBytes(most));
        } catch (AccessDeniedException e) {
            return new Scan.Faulty(PictureFault.UNREADABLE, "may not be read");
        } catch (IOException e) {
            return Files.exists(file)
                    ? new Scan.Faulty(PictureFault.UNREADABLE, "cannot be read: " + e.getMessage())
                    : new Scan.Faulty(PictureFault.MISSING, "is not there");
        }
    }

    /** Looks at the content of a file. */
    public Scan scan(byte[] bytes) {
        if (bytes.length > limits.bytes()) {
            return new Scan.Faulty(PictureFault.FILE_TOO_LARGE, "has more than " + limits.bytes() + " bytes");
        }
        Optional<PictureFormat> format = PictureFormat.of(bytes);
        if (format.isEmpty()) {
            return new Scan.Faulty(
                    PictureFault.FORMAT, bytes.length == 0 ? "is empty" : "is no JPEG, PNG, WebP, GIF or BMP");
        }
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(format.get().label());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no reader of " + format.get() + " is installed");
        }
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            // Without metadata, so that no comment or profile is inflated.
            reader.setInput(in, true, true);
            return decoded(bytes, format.get(), reader);
        } catch (IOException | RuntimeException e) {
            // The codecs answer damage with whatever exception comes first.
            return new Scan.Faulty(PictureFault.CORRUPT, "cannot be decoded: " + said(e));
        } finally {
            reader.dispose();
        }
    }

    private Scan decoded(byte[] bytes, PictureFormat format, ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > limits.pixels()) {
            return new Scan.Faulty(
                    PictureFault.TOO_MANY_PIXELS,
                    "is " + width + " x " + height + ", more than " + limits.pixels() + " pixels");
        }
        if (Math.min(width, height) < limits.leastSide()) {
            return new Scan.Faulty(
                    PictureFault.TOO_SMALL,
                    "is " + width + " x " + height + ", a side shorter than " + limits.leastSide());
        }
        GreyGrid grid = GreyGrid.decode(reader, format, width, height);
        return new Scan.Sound(bytes.length, Sha256.of(bytes), format, width, height, PerceptualHash.of(grid));
    }

    private static String said(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
