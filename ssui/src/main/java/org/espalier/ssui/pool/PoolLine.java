package org.espalier.ssui.pool;

import java.util.Arrays;
import java.util.HexFormat;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** A pooled picture as a line of JSON. */
final class PoolLine {
    private static final String SHA256 = "[0-9a-f]{64}";
    private static final String HASH = "[0-9a-f]{16}";

    private PoolLine() {}

    static ObjectNode write(PooledPicture picture) {
        ObjectNode line = (ObjectNode) Json.tree(picture);
        line.put("phash", HexFormat.of().toHexDigits(picture.phash()));
        return line;
    }

    static PooledPicture read(Fields in) {
        String sha256 = digits(in, "sha256", SHA256);
        return new PooledPicture(
                id(in, sha256),
                image(in),
                sha256,
                hash(in),
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
        if (!id.isBlank() && sha256.matches(SHA256) && !id.equals(PooledPicture.idOf(sha256))) {
            in.wrong("id", "is not " + PooledPicture.idOf(sha256) + ", the first 16 digits of sha256");
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

    private static long hash(Fields in) {
        String hash = digits(in, "phash", HASH);
        return hash.matches(HASH) ? HexFormat.fromHexDigitsToLong(hash) : 0;
    }

    private static String digits(Fields in, String field, String shape) {
        String text = in.words(field);
        if (!text.isBlank() && !text.matches(shape)) {
            in.wrong(field, "is not " + (shape.equals(HASH) ? 16 : 64) + " lower-case hexadecimal digits");
        }
        return text;
    }
}
