package org.espalier.app.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;

/** A folder for what nobody keeps. */
final class Scratch {
    private Scratch() {}

    static Path folder() {
        try {
            return Files.createTempDirectory("espalier");
        } catch (IOException e) {
            throw new SurroundingsException("no temporary folder can be made: " + e.getMessage(), e);
        }
    }

    /** Removes the folder with all in it. */
    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new SurroundingsException(
                    "the temporary folder " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
