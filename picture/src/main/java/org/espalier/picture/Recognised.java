package org.espalier.picture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/** A picture whose first bytes were looked at and whose limits hold; no pixel of it is decoded yet. */
record Recognised(PictureFormat format, PictureHeader header) {
    /** Opens a file: an ordinary one, since a device or a pipe might never end. */
    static PictureBytes open(Path path) throws IOException, UnusablePicture {
        if (Files.isDirectory(path)) {
            throw new UnusablePicture(PictureFault.UNREADABLE, "is a folder; check its path");
        }
        if (!Files.exists(path)) {
            throw new UnusablePicture(PictureFault.MISSING, "is not there; check its path");
        }
        if (!Files.isRegularFile(path)) {
            throw new UnusablePicture(PictureFault.UNREADABLE, "is a device or a pipe and no file; check its path");
        }
        try {
            return PictureBytes.open(path);
        } catch (AccessDeniedException e) {
            throw new UnusablePicture(PictureFault.UNREADABLE, "may not be read; change its permissions", e);
        }
    }

    static Recognised of(PictureBytes bytes, PictureLimits limits) throws IOException, UnusablePicture {
        if (bytes.length() > limits.bytes()) {
            throw new UnusablePicture(
                    PictureFault.FILE_TOO_LARGE,
                    "has %,d bytes, and the limit is %,d".formatted(bytes.length(), limits.bytes()));
        }
        if (bytes.length() == 0) {
            throw new UnusablePicture(PictureFault.FORMAT, "is an empty file; fetch it again");
        }
        try {
            byte[] head = bytes.bytes(0, (int) Math.min(PictureFormat.HEAD, bytes.length()));
            PictureFormat format = PictureFormat.of(head)
                    .orElseThrow(() -> new UnusablePicture(
                            PictureFault.FORMAT,
                            "is not a JPEG, PNG, WebP, GIF or BMP picture; convert it to one of these"));
            Recognised picture = new Recognised(format, format.decoder().header(bytes));
            picture.check(limits);
            return picture;
        } catch (UnreadablePicture e) {
            throw corrupt(e);
        }
    }

    private void check(PictureLimits limits) throws UnusablePicture {
        PictureSize size = size();
        if (size.pixels() > limits.pixels()) {
            throw new UnusablePicture(
                    PictureFault.TOO_MANY_PIXELS,
                    "has %s pixels, %,d in all, and the limit is %,d; make it smaller"
                            .formatted(size, size.pixels(), limits.pixels()));
        }
        if (size.shorterSide() < limits.leastSide()) {
            throw new UnusablePicture(
                    PictureFault.TOO_SMALL,
                    "has %s pixels, and a side needs %d at least".formatted(size, limits.leastSide()));
        }
    }

    private static UnusablePicture corrupt(UnreadablePicture e) {
        return new UnusablePicture(PictureFault.CORRUPT, String.valueOf(e.getMessage()), e);
    }

    /** Size as seen, that is after EXIF orientation. */
    PictureSize size() {
        return size(1);
    }

    private PictureSize size(int step) {
        int columns = header.columns(step);
        int rows = header.rows(step);
        return header.orientation().swapsSides() ? new PictureSize(rows, columns) : new PictureSize(columns, rows);
    }

    /** The picture upright, of every so many stored rows so many pixels. */
    RgbPicture decoded(byte[] whole, int step) throws IOException, UnusablePicture {
        try {
            byte[] stored = stored(whole, step);
            Orientation orientation = header.orientation();
            PictureSize size = size(step);
            return new RgbPicture(
                    size.width(), size.height(), orientation.upright(stored, header.columns(step), header.rows(step)));
        } catch (UnreadablePicture e) {
            throw corrupt(e);
        }
    }

    private byte[] stored(byte[] whole, int step) throws IOException, UnreadablePicture {
        try {
            return format.decoder().decode(whole, header, step);
        } catch (UnreadablePicture e) {
            if (!e.perhapsByChance()) {
                throw e;
            }
            return format.decoder().decode(whole, header, step);
        }
    }
}
