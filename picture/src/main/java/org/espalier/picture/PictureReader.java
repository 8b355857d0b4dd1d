package org.espalier.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/**
 * Reads pictures: JPEG, PNG, WebP, GIF and BMP, each known by its first bytes and not by its name. What cannot be read
 * whole is refused in one sentence that names the picture; its size is held against the limit before any pixel is
 * decoded. Safe for use by several threads.
 */
public final class PictureReader {
    /** A little over the size at which Pillow begins to warn; in memory about 0.3 GB. */
    public static final long DEFAULT_PIXEL_LIMIT = 100_000_000;

    private static final long MOST_PIXELS = 700_000_000;
    private static final long MOST_BYTES = 1 << 30;

    private final long pixelLimit;

    public PictureReader() {
        this(DEFAULT_PIXEL_LIMIT);
    }

    /**
     * A reader with another limit.
     *
     * @param pixelLimit width times height of the largest picture that is read, 1 to 700 million
     */
    public PictureReader(long pixelLimit) {
        if (pixelLimit < 1 || pixelLimit > MOST_PIXELS) {
            throw new IllegalArgumentException("pixel limit " + pixelLimit + " is not 1 to " + MOST_PIXELS);
        }
        this.pixelLimit = pixelLimit;
    }

    /** PictureSize as seen, that is after EXIF orientation, from the file's header alone. */
    public PictureSize size(Path path) {
        return onFile(path, source -> header(source).size());
    }

    /**
     * PictureSize as seen, of a picture in memory.
     *
     * @param name what messages call the picture
     */
    public PictureSize size(byte[] bytes, String name) {
        return named(name, () -> header(Source.of(bytes)).size());
    }

    /** A picture as RGB: upright, on white. */
    public RgbPicture read(Path path) {
        onFile(path, this::header);
        byte[] bytes = onFile(path, source -> source.bytes(0, (int) source.length()));
        return read(bytes, path.toString());
    }

    /**
     * A picture in memory as RGB.
     *
     * @param name what messages call the picture
     */
    public RgbPicture read(byte[] bytes, String name) {
        return named(name, () -> {
            Source source = Source.of(bytes);
            Header header = header(source);
            Decoder decoder = PictureFormat.of(source).decoder();
            return header.orientation().apply(decoder.decode(bytes, header.stored()));
        });
    }

    private Header header(Source source) throws IOException, UnreadablePicture {
        if (source.length() > MOST_BYTES) {
            throw new UnreadablePicture("has " + source.length() + " bytes, and the limit is " + MOST_BYTES);
        }
        Header header = PictureFormat.of(source).decoder().header(source);
        if (header.stored().pixels() > pixelLimit) {
            throw new UnreadablePicture("has %s pixels, %,d in all, and the limit is %,d; make it smaller"
                    .formatted(header.size(), header.stored().pixels(), pixelLimit));
        }
        return header;
    }

    private interface Work<T> {
        T run() throws IOException, UnreadablePicture;
    }

    private interface FileWork<T> {
        T run(Source source) throws IOException, UnreadablePicture;
    }

    private static <T> T onFile(Path path, FileWork<T> work) {
        if (!Files.isRegularFile(path)) {
            String what = Files.isDirectory(path) ? "is a folder" : Files.exists(path) ? "is no file" : "is not there";
            throw new InputException("The picture " + path + " " + what + "; check its path.");
        }
        return named(path.toString(), () -> {
            try (Source source = Source.open(path)) {
                return work.run(source);
            }
        });
    }

    private static <T> T named(String name, Work<T> work) {
        try {
            return work.run();
        } catch (UnreadablePicture e) {
            throw new InputException("The picture " + name + " " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new SurroundingsException("The picture " + name + " cannot be read from disk: " + e + ".", e);
        }
    }
}
