package org.espalier.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Finds a picture named in a data file, and only below that file's folder; in a snapshot of a hub's cache, whose files are
 * links, also among the {@code blobs} of the same repository.
 */
public final class PictureFile {
    private final Path folder;
    private final FolderBounds bounds;

    /** @param dataFile the file that names the pictures */
    public PictureFile(Path dataFile) {
        Path parent = dataFile.toAbsolutePath().getParent();
        this.folder = parent == null ? dataFile.toAbsolutePath() : parent;
        this.bounds = FolderBounds.of(folder);
    }

    /** What became of a name. */
    public sealed interface Found {
        /** A readable file below the folder. */
        record At(Path file) implements Found {}

        /** None, and why. */
        record Not(String why) implements Found {}
    }

    /** Looks for a picture by its path below the folder, with forward slashes. */
    public Found find(String name) {
        if (name.indexOf('\\') >= 0) {
            return new Found.Not("\"" + name + "\" holds a backslash: write forward slashes");
        }
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*") || name.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            return new Found.Not("\"" + name + "\" is not a path below the file's folder");
        }
        try {
            Path file = folder.resolve(name).normalize();
            if (!file.startsWith(folder.normalize()) || ("/" + name + "/").contains("/../")) {
                return new Found.Not("\"" + name + "\" leaves the file's folder");
            }
            if (!Files.isRegularFile(file)) {
                return new Found.Not("there is no picture " + file);
            }
            if (!bounds.hold(file)) {
                return new Found.Not("\"" + name + "\" leaves the file's folder through a link");
            }
            if (!Files.isReadable(file)) {
                return new Found.Not("the picture " + file + " may not be read");
            }
            return new Found.At(file);
        } catch (InvalidPathException | IOException e) {
            return new Found.Not("\"" + name.replaceAll("\\p{Cntrl}", "?") + "\" is no path of a file");
        }
    }
}
