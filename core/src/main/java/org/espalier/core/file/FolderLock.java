package org.espalier.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.espalier.core.InputException;

/**
 * That one process works in a folder, and in that process one place; the lock goes with the process. On Linux a process loses its
 * lock on a file as soon as it closes that file anywhere, so that looking would free what is looked at. Therefore there are
 * two files: who comes from the same process is turned away at the first, whose lock may be lost by that, and never
 * opens the second, which keeps other processes out.
 */
final class FolderLock implements AutoCloseable {
    private static final String DOOR = ".lock-door";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel door;
    private final FileChannel lock;

    private FolderLock(Path folder, FileChannel door, FileChannel lock) {
        this.folder = folder;
        this.door = door;
        this.lock = lock;
    }

    /**
     * Takes the lock, and makes the folder if there is none.
     *
     * @throws InputException if somebody has it
     */
    static FolderLock take(Path folder) {
        return FileTrouble.writing(folder, () -> {
            Files.createDirectories(folder);
            FileChannel door = locked(folder, DOOR);
            try {
                return new FolderLock(folder, door, locked(folder, LOCK));
            } catch (IOException | RuntimeException e) {
                door.close();
                throw e;
            }
        });
    }

    private static FileChannel locked(Path folder, String name) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this process has it.
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new InputException(
                "another process is working in " + folder + ": let it finish or choose another folder");
    }

    /** Lets another process in. */
    @Override
    public void close() {
        FileTrouble.writing(folder, () -> {
            try (door) {
                lock.close();
            }
        });
    }
}
