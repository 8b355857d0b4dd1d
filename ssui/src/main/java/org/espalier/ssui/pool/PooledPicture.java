package org.espalier.ssui.pool;

/**
 * A picture of the pool: a line of {@code pool.jsonl}.
 *
 * @param id names it in the pool: the first 16 digits of {@code sha256}
 * @param image its path below the pool's folder, with forward slashes
 * @param sha256 of its bytes
 * @param phash 64-bit perceptual hash; few differing bits mean pictures that look alike
 * @param width in pixels, upright: EXIF orientation is applied
 * @param height in pixels, upright: EXIF orientation is applied
 * @param format {@code jpeg}, {@code png}, {@code webp}, {@code gif} or {@code bmp}
 * @param bytes its size
 */
public record PooledPicture(
        String id,
        String image,
        String sha256,
        long phash,
        int width,
        int height,
        String format,
        long bytes,
        Licence licence,
        PictureSource source,
        Safety safety) {

    /** The same picture, verified. */
    public PooledPicture with(Safety verified) {
        return with(licence, source, verified);
    }

    /** The same picture of which more is known. */
    PooledPicture with(Licence terms, PictureSource origin, Safety verified) {
        return new PooledPicture(id, image, sha256, phash, width, height, format, bytes, terms, origin, verified);
    }

    /** The name that the pool gives a picture of this content. */
    public static String idOf(String sha256) {
        return sha256.substring(0, 16);
    }
}
