package org.espalier.core.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a file whole or not at all: beside its place, forced to the disk, then moved over it. A link in its place is
 * replaced, never written through. Only a device, as {@code /dev/stdout} is, is written into.
 */
public final class AtomicFile {
    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final String PART = ".part";
    /** The dot, the name of the file, and what tells one writing of it from another. */
    private static final Pattern OURS = Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");
    /** Between opening a part and locking it, and between closing and moving it, there is a moment without its lock. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    private AtomicFile() {}

    /** Whether a file of this name is one that is being written, or that a killed process left unfinished. */
    static boolean isPart(String name) {
        return OURS.matcher(name).matches();
    }

    /** Removes a part whose process has ended; what cannot be told, or removed, stays. */
    static void sweep(Path part) {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            boolean old = Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(Instant.now().minus(YOUNG));
            if (old && channel.tryLock() != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // It is in nobody's way.
            return;
        }
    }

    /** Writes text as UTF-8. */
    public static void write(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(file, out -> out.write(bytes));
    }

    /**
     * The same, and removes what a killed process left unfinished of this file: for one in somebody's folder, which no run
     * looks through when it begins.
     */
    public static void alone(Path file, String text) {
        sweepBeside(file);
        write(file, text);
    }

    /** Removes what killed processes left unfinished of a file. */
    private static void sweepBeside(Path file) {
        Path place = file.toAbsolutePath();
        String start = "." + place.getFileName() + ".";
        DirectoryStream.Filter<Path> ofIt = other -> {
            String name = String.valueOf(other.getFileName());
            return name.startsWith(start) && isPart(name);
        };
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(place.resolveSibling("."), ofIt)) {
            parts.forEach(AtomicFile::sweep);
        } catch (IOException | DirectoryIteratorException e) {
            // They are in nobody's way.
            return;
        }
    }

    /** Writes lines as UTF-8, each with its end, as they come. */
    public static void lines(Path file, Stream<String> lines) {
        write(file, out -> {
            for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
                out.write((all.next() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** Writes content as it comes; folders that are missing are made. */
    public static void write(Path file, Content content) {
        Path place = file.toAbsolutePath();
        Path folder = place.getParent();
        Path name = place.getFileName();
        if (folder == null || name == null) {
            throw FileTrouble.writing(file, new IOException("it names no file"));
        }
        if (FileTrouble.isDevice(place)) {
            into(place, content);
            return;
        }
        Path beside = folder.resolve("." + name + "." + UUID.randomUUID() + PART);
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                lock(channel);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            // Checksums of the lines that stood there before.
            Files.deleteIfExists(LineChecksums.beside(place));
            move(beside, place);
            forceFolder(folder);
        } catch (IOException e) {
            forget(beside);
            throw FileTrouble.writing(file, e);
        } catch (RuntimeException | Error e) {
            forget(beside);
            throw e;
        }
    }

    private static void into(Path device, Content content) {
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(device, StandardOpenOption.APPEND), 1 << 16)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw FileTrouble.writing(device, e);
        }
    }

    /** Says to others that the part is being written; where a file system knows no locks, they leave every part alone. */
    private static void lock(FileChannel part) {
        try {
            part.tryLock();
        } catch (IOException e) {
            return;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the move itself durable, where the system lets a folder be opened. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; there the move is as durable as the file system makes it.
            return;
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The write has failed already and its reason is the one to report.
            return;
        }
    }
}
