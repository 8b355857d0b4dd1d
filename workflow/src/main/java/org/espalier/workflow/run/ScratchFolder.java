package org.espalier.workflow.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;

/** A folder for what nobody keeps; closing removes it with all in it. */
public record ScratchFolder(Path path) implements AutoCloseable {
    /** Makes one. */
    public static ScratchFolder make() {
        try {
            return new ScratchFolder(Files.createTempDirectory("espalier"));
        } catch (IOException e) {
            throw new SurroundingsException("no temporary folder can be made: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new SurroundingsException(
                    "the temporary folder " + path + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
