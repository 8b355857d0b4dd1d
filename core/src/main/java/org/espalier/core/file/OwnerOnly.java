package org.espalier.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files and folders that only their owner may read, whatever the process's mask: questions that a model should refuse, and
 * what it said, are nobody else's. Where the file system knows no such rights, they are made as usual.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /**
     * Makes a folder that is ours from now on; one that is there, and new to us, gets the same rights, unless it is somebody
     * else's.
     */
    public static void folder(Path folder) {
        FileTrouble.writing(folder, () -> {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder, attributes(folder, FOLDER));
                return;
            }
            if (posix(folder) && Files.isDirectory(folder) && Files.isWritable(folder)) {
                restrict(folder);
            }
        });
    }

    private static void restrict(Path folder) throws IOException {
        Path real = folder.toRealPath();
        String us = System.getProperty("user.name", "");
        if (Files.getOwner(real).getName().equals(us)
                && !Files.isSameFile(real, Path.of(System.getProperty("user.home", "/")))) {
            Files.setPosixFilePermissions(real, FOLDER);
        }
    }

    /** Makes a file, if there is none; where that fails, whoever opens it says why. */
    public static void file(Path file) {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (IOException e) {
            return;
        }
    }

    /** Whether everybody on this machine may read a file, as far as its own rights say. */
    public static boolean everybodyMayRead(Path file) {
        return FileTrouble.reading(
                file,
                () -> posix(file) && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ));
    }

    /**
     * Opens a file for reading and writing, and makes it if there is none; no link is followed.
     *
     * @param more options besides these
     */
    static FileChannel channel(Path file, OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(List.of(more));
        options.addAll(List.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
        return FileChannel.open(file, options, attributes(file, FILE));
    }

    private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> rights) {
        return posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
