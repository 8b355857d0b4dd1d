package org.espalier.report.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names of files of data in any form (JSON, lines of it, CSV): what stands between quotation marks, commas, slashes and line
 * ends, in lower case and without the extension of a picture, since data and files do not always agree on these. A few
 * words that are no names are among them.
 */
final class PictureNames {
    private static final Set<String> EXTENSIONS =
            Set.of("png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp", "avif", "tif", "tiff");
    private static final String ENDS = "\"',;/\\|[]{}<>";
    private static final int LONGEST = 255;

    private final Set<String> found = new HashSet<>();
    private final StringBuilder word = new StringBuilder();

    Set<String> found() {
        return found;
    }

    void read(Path file) throws IOException {
        try (Reader in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 1 << 16)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\\') {
                    escaped(in);
                } else {
                    add((char) c);
                }
            }
        }
        end();
    }

    /** A letter by its number belongs to the word; any other escape ends it. */
    private void escaped(Reader in) throws IOException {
        int next = in.read();
        if (next != 'u') {
            end();
            if (next >= 0) {
                add((char) next);
            }
            return;
        }
        int letter = 0;
        for (int i = 0; i < 4; i++) {
            letter = 16 * letter + Math.max(0, Character.digit(in.read(), 16));
        }
        add((char) letter);
    }

    private void add(char c) {
        if (c < ' ' || ENDS.indexOf(c) >= 0) {
            end();
        } else if (word.length() <= LONGEST) {
            word.append(c);
        }
    }

    private void end() {
        String is = word.toString().strip();
        word.setLength(0);
        if (is.isEmpty() || is.length() > LONGEST) {
            return;
        }
        String stem = stem(is);
        if (stem.length() < is.length() || is.chars().noneMatch(Character::isWhitespace)) {
            found.add(stem);
        }
    }

    /** A name in lower case, without the extension of a picture. */
    static String stem(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(lower.substring(dot + 1)) ? lower.substring(0, dot) : lower;
    }
}
