package org.espalier.hub.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RemoteFile;

/** The folder of a commit in the cache: relative links to contents, under the names that the files have. */
public final class SnapshotFolder {
    private final Path repository;
    private final Path folder;

    /** @param repository its folder in the cache */
    public SnapshotFolder(Path repository, String commit) {
        this.repository = repository;
        this.folder = repository.resolve("snapshots").resolve(commit);
    }

    public Path path() {
        return folder;
    }

    /** Makes a file's link, over whatever link is there. */
    public void link(RemoteFile file) {
        Path place = folder.resolve(file.path());
        if (!place.normalize().startsWith(folder)) {
            throw new SurroundingsException("The hub lists a file outside its repository: " + file.path() + ".");
        }
        Path parent = place.getParent() == null ? folder : place.getParent();
        Path target = parent.relativize(repository.resolve("blobs").resolve(file.hash()));
        Path beside = parent.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(parent);
            if (!parent.toRealPath().startsWith(folder.toRealPath())) {
                throw new SurroundingsException(parent + " leads out of the cache: delete that link.");
            }
            if (Files.isSymbolicLink(place) && Files.readSymbolicLink(place).equals(target)) {
                return;
            }
            Files.createSymbolicLink(beside, target);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException e) {
            throw new SurroundingsException(
                    "The hub lists " + file.path() + " below what it also lists as a file: it is not fetched.", e);
        } catch (UnsupportedOperationException e) {
            throw new SurroundingsException(
                    "The file system of " + folder + " has no links, which the cache is made of: set HF_HUB_CACHE to"
                            + " another one.",
                    e);
        } catch (IOException e) {
            throw FileTrouble.writing(place, e);
        }
    }

    /** Has a branch or tag mean this commit from now on. */
    public void refer(HubReference what) {
        if (!what.isCommit()) {
            Path file = repository.resolve("refs").resolve(what.revision());
            AtomicFile.write(file, String.valueOf(folder.getFileName()));
        }
    }
}
