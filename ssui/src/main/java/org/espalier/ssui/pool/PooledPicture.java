package org.espalier.ssui.pool;

import java.util.Arrays;
import java.util.HexFormat;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

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
    private static final String SHA256 = "[0-9a-f]{64}";
    private static final String HASH = "[0-9a-f]{16}";

    /** From JSON; what is wrong is noted there. */
    public static PooledPicture read(Fields in) {
        String hash = digits(in, "phash", HASH);
        String sha256 = digits(in, "sha256", SHA256);
        return new PooledPicture(
                id(in, sha256),
                image(in),
                sha256,
                hash.matches(HASH) ? HexFormat.fromHexDigitsToLong(hash) : 0,
                positive(in, "width"),
                positive(in, "height"),
                in.words("format"),
                in.whole("bytes"),
                Licence.read(in.inner("licence")),
                PictureSource.read(in.inner("source")),
                Safety.read(in.inner("safety")));
    }

    /** Exports name files after it, so that it is nothing else. */
    private static String id(Fields in, String sha256) {
        String id = in.words("id");
        if (!id.isBlank() && sha256.matches(SHA256) && !id.equals(idOf(sha256))) {
            in.wrong("id", "is not " + idOf(sha256) + ", the first 16 digits of sha256");
        }
        return id;
    }

    /** A picture that is taken out is deleted: none may lie elsewhere. */
    private static String image(Fields in) {
        String image = in.words("image");
        if (!isInside(image)) {
            in.wrong("image", "\"" + image + "\" leaves the pool's folder");
        }
        return image;
    }

    /** Whether a path stays in the folder that it begins in, as far as its words say. */
    static boolean isInside(String image) {
        return !image.startsWith("/")
                && Arrays.stream(image.split("[/\\\\]", -1)).noneMatch(part -> part.equals(".."));
    }

    private static int positive(Fields in, String field) {
        int number = in.integer(field);
        if (number < 1 && in.has(field)) {
            in.wrong(field, "is " + number + ": a picture has at least one pixel");
        }
        return number;
    }

    private static String digits(Fields in, String field, String shape) {
        String text = in.words(field);
        if (!text.isBlank() && !text.matches(shape)) {
            in.wrong(field, "is not " + (shape.equals(HASH) ? 16 : 64) + " lower-case hexadecimal digits");
        }
        return text;
    }

    /** As JSON, as a line of the pool and other files hold it. */
    public ObjectNode json() {
        return ((ObjectNode) Json.tree(this)).put("phash", HexFormat.of().toHexDigits(phash));
    }

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
