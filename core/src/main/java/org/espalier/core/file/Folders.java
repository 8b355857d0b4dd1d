package org.espalier.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.InputException;

/** What is done with whole folders; what fails is told as {@link FileTrouble} tells it. */
public final class Folders {
    private Folders() {}

    /** Makes a folder, and those above it; gives it back. */
    public static Path make(Path folder) {
        return FileTrouble.writing(folder, () -> Files.createDirectories(folder));
    }

    /** What lies in a folder, in the order of the names. */
    public static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (NotDirectoryException e) {
            throw new InputException(folder + " is a file where a folder is needed: name a folder", e);
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
    }

    /** Deletes a file, if it is there. */
    public static void delete(Path file) {
        FileTrouble.writing(file, () -> Files.deleteIfExists(file));
    }

    /** Deletes a folder and everything in it, if it is there; links are not followed. */
    public static void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(Folders::delete);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }
}
