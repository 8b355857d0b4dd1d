package org.espalier.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;

/** Espalier's own jars beside Spark's, so that one folder is all that a machine needs. */
public record EspalierCopy(SparkHome home) {
    private Path folder() {
        return home.folder().resolve("espalier");
    }

    /** Copies them, numbered in the order of the class path. */
    void write(List<Path> ours) {
        try {
            delete();
            Files.createDirectories(folder());
            for (int i = 0; i < ours.size(); i++) {
                copy(
                        ours.get(i),
                        folder().resolve("%03d-%s".formatted(i, ours.get(i).getFileName())));
            }
        } catch (IOException e) {
            throw FileTrouble.writing(folder(), e);
        }
    }

    private void delete() throws IOException {
        if (Files.exists(folder())) {
            try (Stream<Path> all = Files.walk(folder())) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /**
     * Its entries, in their order.
     *
     * @param ours the class path of this process
     * @throws SurroundingsException if they are not those of this Espalier
     */
    public List<Path> entries(List<Path> ours) {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder())) {
            try (Stream<Path> all = Files.list(folder())) {
                all.sorted().forEach(entries::add);
            } catch (IOException e) {
                throw FileTrouble.reading(folder(), e);
            }
        }
        if (entries.size() != ours.size() || bytes(entries) != bytes(ours)) {
            throw new SurroundingsException(folder()
                    + " does not hold this Espalier: run 'espalier setup --spark' again, and copy the folder"
                    + " to every machine");
        }
        return entries;
    }

    private static long bytes(List<Path> entries) {
        long bytes = 0;
        for (Path entry : entries) {
            try (Stream<Path> all = Files.walk(entry)) {
                bytes += all.filter(Files::isRegularFile)
                        .mapToLong(file -> file.toFile().length())
                        .sum();
            } catch (IOException e) {
                throw FileTrouble.reading(entry, e);
            }
        }
        return bytes;
    }
}
