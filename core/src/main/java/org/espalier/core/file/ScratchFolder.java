package org.espalier.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.UUID;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/**
 * A folder for what nobody keeps; closing removes it with all in it. A file beside it is locked as long as it is in use: what a
 * killed process left is removed by the next one that makes a folder of the same name in the same place.
 */
public final class ScratchFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path path;
    private final Path lock;
    private final FileChannel held;

    private ScratchFolder(Path path, Path lock, FileChannel held) {
        this.path = path;
        this.lock = lock;
        this.held = held;
    }

    /** Makes one among the system's temporary files. */
    public static ScratchFolder make() {
        return make("espalier-scratch-");
    }

    /** Makes one among the system's temporary files, whose name begins so. */
    public static ScratchFolder make(String name) {
        try {
            return in(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), name);
        } catch (InputException | SurroundingsException e) {
            throw new SurroundingsException("no temporary folder can be made: " + e.getMessage(), e);
        }
    }

    /** Makes one in a folder that is there, whose name begins so. */
    public static ScratchFolder in(Path parent, String name) {
        Path path = parent.resolve(name + owner() + UUID.randomUUID());
        Path lock = path.resolveSibling(path.getFileName() + LOCK);
        try {
            FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock(lock, held);
            OwnerOnly.folder(path);
            sweep(parent, name);
            return new ScratchFolder(path, lock, held);
        } catch (IOException e) {
            throw FileTrouble.writing(path, e);
        }
    }

    /** Where a file system knows no locks, nothing tells others that the folder is left, and they leave it alone. */
    private static void lock(Path lock, FileChannel held) throws IOException {
        try {
            if (held.tryLock() != null) {
                return;
            }
        } catch (IOException e) {
            // Said by the file that is missing.
        }
        Files.deleteIfExists(lock);
    }

    /** Tells the folders of this process, which holds their locks and would lose them if it looked. */
    private static String owner() {
        ProcessHandle us = ProcessHandle.current();
        return us.pid() + "-" + us.info().startInstant().orElse(Instant.EPOCH).toEpochMilli() + "-";
    }

    /** Removes the folders that begin so and whose process has ended; what cannot be removed stays. */
    public static void sweep(Path parent, String name) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, file -> isLock(file, name))) {
            for (Path lock : all) {
                sweep(lock);
            }
        } catch (IOException | RuntimeException e) {
            // It is in nobody's way.
            return;
        }
    }

    private static boolean isLock(Path file, String name) {
        String is = String.valueOf(file.getFileName());
        return is.startsWith(name) && is.endsWith(LOCK) && !is.startsWith(name + owner());
    }

    private static void sweep(Path lock) throws IOException {
        String name = String.valueOf(lock.getFileName());
        Path folder = lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            // Somebody else's could become a link to elsewhere while it is being deleted.
            if (channel.tryLock() != null && isOurs(lock) && (!Files.exists(folder) || isOurs(folder))) {
                Folders.deleteAll(folder);
                Files.deleteIfExists(lock);
            }
        } catch (IOException | InputException | SurroundingsException e) {
            // It stays.
            return;
        }
    }

    private static boolean isOurs(Path file) throws IOException {
        UserPrincipal owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
        return owner.getName().equals(System.getProperty("user.name", ""));
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try (held) {
            Folders.deleteAll(path);
            Files.deleteIfExists(lock);
        } catch (IOException e) {
            throw FileTrouble.writing(path, e);
        }
    }
}
