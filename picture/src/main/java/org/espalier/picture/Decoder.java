package org.espalier.picture;

import java.io.IOException;

/** Reads one format. */
interface Decoder {
    /** PictureSize and orientation, from the header alone. */
    Header header(Source source) throws IOException, UnreadablePicture;

    /**
     * The pixels as stored, converted to RGB.
     *
     * @param bytes the whole picture
     * @param stored the size its header gives, already held against the limit
     */
    RgbPicture decode(byte[] bytes, PictureSize stored) throws IOException, UnreadablePicture;
}
