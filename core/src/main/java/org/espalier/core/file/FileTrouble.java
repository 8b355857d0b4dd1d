package org.espalier.core.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** Turns a failure of the file system into one clear sentence and the right exit code. */
public final class FileTrouble {
    /** Where a user's own output may go; a pipe elsewhere keeps whoever opens it. */
    static final Path DEVICES = Path.of("/dev");
    /** The bits of a file's mode that say what it is, and those of a disk (stat(2)). */
    private static final int KIND = 0170000;

    private static final int DISK = 0060000;
    /** Where {@code <(command)} and a redirected input are found. */
    private static final List<String> HANDED = List.of("/dev/fd", "/dev/stdin", "/proc/self/fd");

    /** Reads or writes a file, and gives what comes of it. */
    @FunctionalInterface
    public interface Work<T> {
        T done() throws IOException;
    }

    /** Reads or writes a file. */
    @FunctionalInterface
    public interface Deed {
        void done() throws IOException;
    }

    private FileTrouble() {}

    /** Reads a file that was given to us; see {@link #reading(Path, IOException)}. */
    public static <T> T reading(Path file, Work<T> work) {
        try {
            return work.done();
        } catch (IOException e) {
            throw reading(file, e);
        }
    }

    /** Writes a file of ours; see {@link #writing(Path, IOException)}. */
    public static <T> T writing(Path file, Work<T> work) {
        try {
            return work.done();
        } catch (IOException e) {
            throw writing(file, e);
        }
    }

    /** Writes a file of ours; see {@link #writing(Path, IOException)}. */
    public static void writing(Path file, Deed deed) {
        try {
            deed.done();
        } catch (IOException e) {
            throw writing(file, e);
        }
    }

    /** A file given to us could not be read: bad input if it is not there or not a file, else the surroundings. */
    public static RuntimeException reading(Path file, IOException e) {
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException || !Files.exists(file)) {
            return new InputException("there is no file " + file, e);
        }
        if (Files.isDirectory(file)) {
            return new InputException(file + " is a folder where a file is needed", e);
        }
        if (e instanceof AccessDeniedException) {
            return new InputException(file + " may not be read: change its permissions", e);
        }
        if (e instanceof CharacterCodingException) {
            return new InputException(file + " is not UTF-8 text", e);
        }
        return new SurroundingsException("reading " + file + " failed: " + said(e), e);
    }

    /** A file of ours could not be written. */
    public static SurroundingsException writing(Path file, IOException e) {
        String said = said(e);
        if (said.toLowerCase(Locale.ROOT).contains("no space left")) {
            return new SurroundingsException(
                    "the disk is full: " + file + " could not be written; free some space and run the same command", e);
        }
        if (e instanceof AccessDeniedException) {
            return new SurroundingsException(file + " may not be written: choose another folder", e);
        }
        if (e instanceof FileAlreadyExistsException
                || e instanceof NotDirectoryException
                || said.contains("Not a directory")) {
            return new SurroundingsException(
                    file + " cannot be made: a file stands where one of its folders should be; choose another place",
                    e);
        }
        return new SurroundingsException("writing " + file + " failed: " + said, e);
    }

    /**
     * Refuses to write through a link: it may lead to a file of the user's.
     *
     * @throws InputException if the file is a link
     */
    public static void refuseLink(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw new InputException(file + " is a link: nothing is written through links; replace it by the file it"
                    + " leads to, or delete it");
        }
    }

    /**
     * Refuses what is there and neither a file nor a folder, before it is opened: a pipe that nobody writes to keeps its
     * reader waiting for ever, and a device may have no end. What a shell hands over by number is taken.
     *
     * @throws InputException if the file is a pipe, a device or a socket, or a link to one
     */
    public static void refusePipe(Path file) {
        size(file);
    }

    /**
     * As {@link #refusePipe}; bytes of what is there.
     *
     * @return 0 where it cannot be told; whoever opens it says why
     */
    static long size(Path file) {
        BasicFileAttributes what;
        try {
            what = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return 0;
        }
        if (what.isOther() && HANDED.stream().noneMatch(file::startsWith)) {
            throw new InputException(
                    file + " is a device or a pipe where a file is needed: save in a file what it would give");
        }
        return what.isRegularFile() ? what.size() : 0;
    }

    /**
     * Whether a name is one of the system's for what is no file, such as {@code /dev/null} and {@code /dev/stdout}: what a user
     * wants there is written into it, and nothing may take its place.
     *
     * @throws InputException if it is a disk
     */
    public static boolean isDevice(Path file) {
        Path place = file.toAbsolutePath().normalize();
        if (!place.startsWith(DEVICES)
                || !Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(place)
                || Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if ((reading(file, () -> (Integer) Files.getAttribute(place, "unix:mode")) & KIND) == DISK) {
            throw new InputException(file + " is a disk, and nothing is written over one: give the name of a file");
        }
        return true;
    }

    private static String said(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
