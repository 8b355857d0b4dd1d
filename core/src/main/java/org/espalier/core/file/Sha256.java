package org.espalier.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SHA-256 of what went into a run, as 64 lower-case hexadecimal digits. */
public final class Sha256 {
    private Sha256() {}

    /** Hash of bytes. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** Hash of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Hash of a file's content, or of a folder's as {@link #ofFolder} has it. */
    public static String of(Path path) {
        return Files.isDirectory(path) ? ofFolder(path) : ofFile(path);
    }

    /**
     * Hash of a folder: of the lines {@code hash  relative/path} of its files in the order of their paths. Hidden files
     * (name begins with a dot) do not count.
     */
    public static String ofFolder(Path folder) {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> walk = Files.walk(folder)) {
            List<String> names = walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !("/" + name).contains("/."))
                    .sorted()
                    .toList();
            for (String name : names) {
                lines.append(ofFile(folder.resolve(name)))
                        .append("  ")
                        .append(name)
                        .append('\n');
            }
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
        return of(lines.toString());
    }

    /** Hash of the hashes of several files, a line each. */
    public static String of(Stream<Path> files) {
        return of(files.map(file -> of(file) + "\n").collect(Collectors.joining()));
    }

    private static String ofFile(Path file) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        FileTrouble.refusePipe(file);
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
