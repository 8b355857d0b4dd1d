package org.espalier.ssui.picture;

/** What came of looking at a file as a picture. */
public sealed interface Scan {
    /**
     * It is one, and was decoded to its end.
     *
     * @param bytes size of the file
     * @param width in pixels, as stored (an orientation in its metadata is not applied)
     */
    record Sound(long bytes, String sha256, PictureFormat format, int width, int height, long phash) implements Scan {}

    /** It cannot be used; {@code what} says why in a clause. */
    record Faulty(PictureFault fault, String what) implements Scan {}
}
