package org.espalier.core.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;

/**
 * What belongs to a folder that may come from elsewhere: what lies in it, and what its links lead to as long as that lies in it
 * too. A snapshot of a hub's cache, whose files are links, has the {@code blobs} of the same repository as well.
 */
public final class FolderBounds {
    private final Path real;
    private final Optional<Path> blobs;

    private FolderBounds(Path real, Optional<Path> blobs) {
        this.real = real;
        this.blobs = blobs;
    }

    /** Those of a folder that is there. */
    public static FolderBounds of(Path folder) {
        Path real = FileTrouble.reading(folder, () -> folder.toRealPath());
        return new FolderBounds(real, blobs(real));
    }

    /** Where {@code snapshots/REVISION/...} keeps its files; empty for any other folder. */
    private static Optional<Path> blobs(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path parent = at.getParent();
            if (parent != null && parent.endsWith("snapshots")) {
                return Optional.of(parent.resolveSibling("blobs"));
            }
        }
        return Optional.empty();
    }

    /** Whether a file that is there belongs to the folder. */
    public boolean hold(Path file) throws IOException {
        Path target = file.toRealPath();
        return target.startsWith(real) || blobs.filter(target::startsWith).isPresent();
    }

    /**
     * Refuses to hand on what does not belong to the folder.
     *
     * @throws InputException if a link leads out of it
     */
    public void refuseOutside(Path file) {
        if (!FileTrouble.reading(file, () -> hold(file))) {
            throw new InputException(
                    file + " is a link that leads out of its folder: put the file itself there, or delete the link");
        }
    }
}
