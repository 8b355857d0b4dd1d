package org.espalier.picture;

import java.io.IOException;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.core.UnusablePictureException;
import org.espalier.picture.internal.PictureBytes;

/**
 * Reads pictures: JPEG, PNG, WebP, GIF and BMP, each known by its first bytes and not by its name. What cannot be read
 * whole is refused in one sentence that names the picture ({@link UnusablePictureException}; {@link InputException} where
 * there is no file to read); its size is held against the limits before any pixel is decoded. Safe for use by several threads.
 */
public final class PictureReader {
    private final PictureLimits limits;

    /** A reader of whatever can be read: {@link PictureLimits#LOOSE}. */
    public PictureReader() {
        this(PictureLimits.LOOSE);
    }

    public PictureReader(PictureLimits limits) {
        this.limits = limits;
    }

    /** Size as seen, that is after EXIF orientation, from the file's header alone. */
    public PictureSize size(Path path) {
        return named(path.toString(), () -> {
            try (PictureBytes bytes = Recognised.open(path)) {
                return Recognised.of(bytes, limits).size();
            }
        });
    }

    /**
     * Size as seen, of a picture in memory.
     *
     * @param name what messages call the picture
     */
    public PictureSize size(byte[] whole, String name) {
        return named(name, () -> recognised(whole).size());
    }

    /** A picture as RGB: upright, on white. */
    public RgbPicture read(Path path) {
        return named(path.toString(), () -> {
            byte[] whole = whole(path);
            return recognised(whole).decoded(whole, 1);
        });
    }

    /**
     * A picture in memory as RGB.
     *
     * @param name what messages call the picture
     */
    public RgbPicture read(byte[] whole, String name) {
        return read(whole, name, 1);
    }

    /**
     * A picture in memory, thinned: of every {@code step}-th stored row every {@code step}-th pixel. It is decoded to its
     * end all the same, in the memory that the thinned picture needs where the format allows that.
     *
     * @param name what messages call the picture
     * @param step 1 for every pixel
     */
    public RgbPicture read(byte[] whole, String name, int step) {
        return named(name, () -> recognised(whole).decoded(whole, step));
    }

    /** All bytes of a file that is a picture within the limits. */
    byte[] whole(Path path) throws IOException, UnusablePicture {
        try (PictureBytes bytes = Recognised.open(path)) {
            Recognised.of(bytes, limits);
            return bytes.all();
        }
    }

    Recognised recognised(byte[] whole) throws IOException, UnusablePicture {
        return Recognised.of(PictureBytes.of(whole), limits);
    }

    private interface Work<T> {
        T run() throws IOException, UnusablePicture;
    }

    private static <T> T named(String name, Work<T> work) {
        try {
            return work.run();
        } catch (UnusablePicture e) {
            String sentence = "The picture " + name + " " + e.predicate() + ".";
            throw switch (e.fault()) {
                case MISSING, UNREADABLE -> new InputException(sentence, e);
                default -> new UnusablePictureException(sentence, e);
            };
        } catch (IOException e) {
            throw new SurroundingsException("The picture " + name + " cannot be read from disk: " + e + ".", e);
        }
    }
}
