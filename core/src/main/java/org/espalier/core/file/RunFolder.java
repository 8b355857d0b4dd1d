package org.espalier.core.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one run: {@code run.json}, and beside it whatever the verb writes. One process works in it at a time
 * (the lock goes with the process), and it is resumed only by the run that started it: same verb, seeds, configuration
 * and inputs. Of what a run writes, results hold no times, so that they can be compared byte for byte. For one thread.
 */
public final class RunFolder implements AutoCloseable {
    /** The file that says what the run is. */
    public static final String RECORD = "run.json";

    /** What happened, line by line; of no weight for what the run is. */
    public static final String LOG = "espalier.log";

    /** How many differences from another run are spelt out. */
    private static final int SHOWN = 5;

    private final Path folder;
    private final FolderLock lock;
    private final ObjectNode record;
    private final boolean resumed;

    private RunFolder(Path folder, FolderLock lock, ObjectNode record, boolean resumed) {
        this.folder = folder;
        this.lock = lock;
        this.record = record;
        this.resumed = resumed;
    }

    /**
     * Starts a run in a new or empty folder, or resumes the one that is there. A run that was refused before it
     * wrote anything is no run: another may begin in its place.
     *
     * @throws InputException if the folder holds another run or something else, or another process works in it
     */
    public static RunFolder open(Path folder, RunPlan plan) {
        refuseStrangers(folder);
        refuseOddFiles(folder);
        if (!Files.exists(folder.resolve(RECORD))) {
            OwnerOnly.folder(folder);
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            removeParts(folder);
            return opened(folder, plan, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static RunFolder opened(Path folder, RunPlan plan, FolderLock lock) {
        Path file = folder.resolve(RECORD);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode record = RunRecord.of(plan);
        Optional<ObjectNode> before = Files.exists(file)
                ? Optional.of(RunRecord.read(file)).filter(begun -> same(folder, begun, record))
                : Optional.empty();
        if (before.isPresent()) {
            ObjectNode begun = before.get();
            record.set("started", begun.path("started"));
            record.withArray("resumed").addAll(begun.withArray("resumed"));
            if (begun.has("finished")) {
                record.set("finished", begun.path("finished")).set("device", begun.path("device"));
            } else {
                record.withArray("resumed").add(now);
                RunRecord.devices(begun, record);
            }
        } else {
            record.put("started", now);
        }
        AtomicFile.write(file, Json.page(record));
        return new RunFolder(folder, lock, record, before.isPresent());
    }

    /** Whether one run resumes another; false where the other left nothing behind. */
    private static boolean same(Path folder, ObjectNode begun, ObjectNode now) {
        String verb = begun.path("verb").asString("");
        if (!verb.equals(now.path("verb").asString()) && (begun.has("finished") || !wroteNothing(folder))) {
            throw new InputException(
                    folder + " holds what 'espalier " + verb + "' made: choose another folder for this run");
        }
        List<String> differences = RunRecord.differences(begun, now);
        if (differences.isEmpty()) {
            return true;
        }
        if (!begun.has("finished") && wroteNothing(folder)) {
            return false;
        }
        throw new InputException("the run in " + folder + " was started with other settings ("
                + told(differences)
                + "): repeat it with those, or choose another folder");
    }

    private static String told(List<String> differences) {
        String told = differences.stream().limit(SHOWN).collect(Collectors.joining("; "));
        int more = differences.size() - SHOWN;
        return more > 0 ? told + "; and " + more + " more" : told;
    }

    /** Nothing but its record, its log and empty files. */
    private static boolean wroteNothing(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !isEmpty(file))
                    .filter(file -> !AtomicFile.isPart(String.valueOf(file.getFileName())))
                    .map(file -> folder.relativize(file).toString())
                    .allMatch(name -> name.equals(RECORD) || name.equals(LOG));
        } catch (UncheckedIOException e) {
            throw FileTrouble.reading(folder, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What opening would find. */
    public enum Found {
        /** No run that could be resumed. */
        NOTHING,
        /** A run that has not finished. */
        STARTED,
        FINISHED
    }

    /**
     * Looks at what {@link #open} would find, and changes nothing.
     *
     * @param plan made only where there is something to compare it with, since it may take long to hash what goes in
     * @throws InputException if {@link #open} would refuse the folder
     */
    public static Found inspect(Path folder, Supplier<RunPlan> plan) {
        refuseStrangers(folder);
        Path file = folder.resolve(RECORD);
        if (!Files.exists(file)) {
            return Found.NOTHING;
        }
        ObjectNode begun = RunRecord.read(file);
        if (!same(folder, begun, RunRecord.of(plan.get()))) {
            return Found.NOTHING;
        }
        return begun.has("finished") ? Found.FINISHED : Found.STARTED;
    }

    /**
     * A run writes inside its folder alone, and waits for nobody: in a folder that came from elsewhere a link may lead anywhere,
     * and a pipe keeps whoever opens it.
     */
    private static void refuseOddFiles(Path folder) {
        each(
                folder,
                files -> files.forEach(file -> {
                    FileTrouble.refuseLink(file);
                    FileTrouble.refusePipe(file);
                }));
    }

    /** Removes what a killed process left unfinished. */
    private static void removeParts(Path folder) {
        each(folder, files -> {
            for (Path part : files.filter(file -> AtomicFile.isPart(String.valueOf(file.getFileName())))
                    .toList()) {
                AtomicFile.sweep(part);
            }
        });
    }

    private interface Walk {
        void through(Stream<Path> files) throws IOException;
    }

    private static void each(Path folder, Walk walk) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        // A link that was named as the folder itself is the user's choice.
        try (Stream<Path> files = Files.walk(folder.toRealPath())) {
            walk.through(files);
        } catch (UncheckedIOException e) {
            throw FileTrouble.reading(folder, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
    }

    /** A folder that holds something, but no run, is somebody's. */
    private static void refuseStrangers(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InputException(folder + " is a file where a folder for the run is needed");
        }
        if (!Files.exists(folder) || Files.exists(folder.resolve(RECORD))) {
            return;
        }
        if (Folders.list(folder).stream()
                .anyMatch(file -> !String.valueOf(file.getFileName()).startsWith("."))) {
            throw new InputException(folder + " is not empty and holds no " + RECORD
                    + ": choose a new folder for the run, so that nothing of yours is overwritten");
        }
    }

    public Path path() {
        return folder;
    }

    /** A file of this run. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Whether it resumes an earlier run. */
    public boolean resumed() {
        return resumed;
    }

    /** Whether it had finished before. */
    public boolean finished() {
        return record.has("finished");
    }

    /** Notes that the run has finished; the first time counts. */
    public void finish() {
        if (!finished()) {
            record.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            AtomicFile.write(folder.resolve(RECORD), Json.page(record));
        }
    }

    /** Lets another process in. */
    @Override
    public void close() {
        lock.close();
    }
}
