package org.espalier.workflow.setup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.hub.KnownFile;
import org.espalier.hub.KnownFiles;

/**
 * Brings native libraries into a folder, from which the launcher takes them: jars into the folder itself, CUDA's own
 * libraries into {@code lib} below it. What is there is not fetched again.
 *
 * @param folder for all of it
 * @param parts of which those are brought that are wanted
 * @param wanted names of libraries that the machine does not have otherwise
 */
public record NativeSetup(Path folder, List<NativePart> parts, Set<String> wanted) {
    private static final long MEGABYTE = 1_000_000;
    /** How much more what is packed takes: libraries, of which some are left out, and the jar, which javacpp unpacks at first use. */
    private static final double UNPACKED = 1.3;

    public NativeSetup {
        parts = List.copyOf(parts);
        wanted = Set.copyOf(wanted);
    }

    /** Where it is in a cache: a folder of its own for each version. */
    public static Path folder(Path cache) {
        return cache.resolve("cuda-" + NativePart.TORCH);
    }

    /**
     * What would be done.
     *
     * @param files that are fetched
     * @param bytes of these
     * @param here bytes of them that were begun before
     * @param disk bytes that the rest takes at most, unpacked
     */
    public record Plan(List<KnownFile> files, long bytes, long here, long disk) {
        public Plan {
            files = List.copyOf(files);
        }
    }

    /** Looks at what is there. */
    public Plan plan() {
        KnownFiles files = missing();
        long left = files.bytes() - files.here();
        return new Plan(files.files(), files.bytes(), files.here(), left + (long) (UNPACKED * files.bytes()));
    }

    private KnownFiles missing() {
        return new KnownFiles(
                parts.stream()
                        .filter(this::isWanted)
                        .filter(part -> !isThere(part))
                        .map(NativePart::file)
                        .toList(),
                folder.resolve("downloads"));
    }

    private boolean isWanted(NativePart part) {
        return part.isJar() || !Collections.disjoint(part.libraries(), wanted);
    }

    private boolean isThere(NativePart part) {
        return Files.isRegularFile(part.isJar() ? folder.resolve(part.file().name()) : mark(part));
    }

    /** Stands for all libraries of a part. */
    private Path mark(NativePart part) {
        return libraries().resolve(part.file().name() + ".unpacked");
    }

    /** The folder of CUDA's own libraries. */
    public Path libraries() {
        return folder.resolve("lib");
    }

    /**
     * Brings what is not there.
     *
     * @throws SurroundingsException if a server fails or sends something else, or the disk is too small
     */
    public void run(Progress progress) {
        try {
            Files.createDirectories(libraries());
            requireSpace();
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
        missing().run(progress, this::keep);
    }

    private void requireSpace() throws IOException {
        long needed = plan().disk();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw new SurroundingsException("%s would need up to %,d MB more, where %,d MB are free: make room, or set"
                            .formatted(folder, needed / MEGABYTE + 1, free / MEGABYTE)
                    + " ESPALIER_CACHE to a folder on another disk.");
        }
    }

    private void keep(KnownFile file, Path whole) {
        NativePart part = parts.stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow();
        try {
            if (part.isJar()) {
                Files.move(whole, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
            } else {
                unpack(part, whole);
                Files.writeString(mark(part), "");
            }
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }

    private void unpack(NativePart part, Path wheel) throws IOException {
        Set<String> left = new TreeSet<>(part.libraries());
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (left.remove(name)) {
                    Path half = libraries().resolve(name + ".part");
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
                    }
                    Files.move(half, libraries().resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        if (!left.isEmpty()) {
            throw new SurroundingsException(part.file().name() + " does not hold " + String.join(", ", left));
        }
    }
}
