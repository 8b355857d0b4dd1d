package org.espalier.ssui.pool;

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
        return new PooledPicture(
                in.words("id"),
                in.words("image"),
                digits(in, "sha256", SHA256),
                hash(in),
                positive(in, "width"),
                positive(in, "height"),
                in.words("format"),
                in.whole("bytes"),
                Licence.read(in.inner("licence")),
                PictureSource.read(in.inner("source")),
                Safety.read(in.inner("safety")));
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
