package org.espalier.picture;

/** What came of looking at a file as a picture. */
public sealed interface Scan {
    /**
     * It is one, and was decoded to its end.
     *
     * @param bytes size of the file
     * @param size as seen, that is after EXIF orientation
     * @param phash {@link org.espalier.picture.similar.PerceptualHash} of it as seen
     */
    record Sound(long bytes, String sha256, PictureFormat format, PictureSize size, long phash) implements Scan {}

    /** It cannot be used; {@code what} says why, as the end of a sentence that begins with the picture's name. */
    record Faulty(PictureFault fault, String what) implements Scan {}
}
