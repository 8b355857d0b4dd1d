package org.espalier.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Folders.deleteAll(path);
    }
}
