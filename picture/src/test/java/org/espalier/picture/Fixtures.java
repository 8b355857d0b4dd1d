package org.espalier.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The pictures that `fixtures/pictures/make.py` wrote, and what Pillow says they are. */
public final class Fixtures {
    public static final Path ROOT = Path.of(System.getProperty("espalier.root"), "fixtures");
    public static final Path PICTURES = ROOT.resolve("pictures");

    private Fixtures() {}

    public static List<Path> pictures() {
        try (Stream<Path> files = Files.list(PICTURES)) {
            return files.filter(f -> Files.exists(f.resolveSibling(f.getFileName() + ".ppm")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(PICTURES.resolve(name));
    }

    public static RgbPicture expected(Path picture) throws IOException {
        return ppm(picture.resolveSibling(picture.getFileName() + ".ppm"));
    }

    public static RgbPicture ppm(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        String[] words = new String(bytes, 0, end, StandardCharsets.US_ASCII).split(" ");
        return new RgbPicture(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Arrays.copyOfRange(bytes, end + 1, bytes.length));
    }
}
