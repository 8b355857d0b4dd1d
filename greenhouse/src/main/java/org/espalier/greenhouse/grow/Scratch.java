package org.espalier.greenhouse.grow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.espalier.core.file.FileTrouble;

/** A temporary folder that goes with its owner. */
record Scratch(Path folder) implements AutoCloseable {
    Scratch(String name) {
        this(make(name));
    }

    private static Path make(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw FileTrouble.writing(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileTrouble.writing(file, e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
    }
}
