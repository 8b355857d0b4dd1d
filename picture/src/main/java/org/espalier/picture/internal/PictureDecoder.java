package org.espalier.picture.internal;

import java.io.IOException;

/** Reads one format. Holds no state. */
public interface PictureDecoder {
    /** Size and orientation, from the header alone. */
    PictureHeader header(PictureBytes bytes) throws IOException, UnreadablePicture;

    /**
     * The pixels as stored, converted to RGB: of every {@code step}-th row, from the first on, every {@code step}-th pixel.
     *
     * @param whole the whole picture
     * @param header what {@link #header} says of it; its size was held against the limit already
     * @param step 1 for every pixel
     * @return three bytes a pixel, {@link PictureHeader#columns} by {@link PictureHeader#rows} pixels
     */
    byte[] decode(byte[] whole, PictureHeader header, int step) throws IOException, UnreadablePicture;
}
