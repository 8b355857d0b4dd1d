package org.espalier.bench.own;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Sha256;

/**
 * Pictures that stand in a file of questions themselves, as bytes or base64: each is written once into a folder beside
 * it, under the name of its hash.
 *
 * @param folder that they are written into
 */
record PictureStore(Path folder) {
    private static final Pattern DATA_URL = Pattern.compile("data:[\\w/+.-]{1,60};base64,");
    /** What cannot be the path of a file. */
    static final int LONGEST_PATH = 512;

    private static final int HASH = 24;

    /** Whether a text is a picture rather than the name of one. */
    static boolean isPicture(String text) {
        return text.length() > LONGEST_PATH
                || DATA_URL.matcher(text).lookingAt()
                || magic(start(text)).isPresent();
    }

    private static byte[] start(String text) {
        String head = text.length() < 16 ? "" : text.substring(0, 16);
        try {
            return Base64.getDecoder().decode(head);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** The file of a picture in base64; empty if it is none. */
    Optional<Path> file(String text) {
        Matcher url = DATA_URL.matcher(text);
        String base64 = url.lookingAt() ? text.substring(url.end()) : text;
        try {
            return file(Base64.getMimeDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The file of a picture; empty if its bytes begin as no picture's do. */
    private Optional<Path> file(byte[] bytes) {
        return magic(bytes).map(kind -> {
            Path file = folder.resolve(Sha256.of(bytes).substring(0, HASH) + "." + kind);
            if (!Files.exists(file)) {
                FileTrouble.refuseLink(folder);
                AtomicFile.write(file, out -> out.write(bytes));
            }
            return file;
        });
    }

    private static Optional<String> magic(byte[] bytes) {
        if (bytes.length < 12) {
            return Optional.empty();
        }
        String head = new String(bytes, 0, 12, StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return Optional.of("webp");
        }
        return List.of("\u0089PNG\r\n png", "\u00ff\u00d8\u00ff jpg", "GIF8 gif", "BM bmp").stream()
                .map(sign -> sign.split(" ", 2))
                .filter(sign -> head.startsWith(sign[0]))
                .map(sign -> sign[1])
                .findFirst();
    }
}
