package org.espalier.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one run: {@code run.json}, and beside it whatever the verb writes. One process works in it at a time
 * (the lock goes with the process), and it is resumed only by the run that began it: same verb, seeds, configuration
 * and inputs. Times stand in {@code run.json} alone, so that results can be compared byte for byte.
 */
public final class RunFolder implements AutoCloseable {
    /** The file that says what the run is. */
    public static final String RECORD = "run.json";

    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel lock;
    private final ObjectNode record;
    private final boolean resumed;

    private RunFolder(Path folder, FileChannel lock, ObjectNode record, boolean resumed) {
        this.folder = folder;
        this.lock = lock;
        this.record = record;
        this.resumed = resumed;
    }

    /**
     * Begins a run in a new or empty folder, or goes on with the one that is there.
     *
     * @throws InputException if the folder holds another run or something else, or another process works in it
     */
    public static RunFolder open(Path folder, RunPlan plan) {
        FileChannel lock = lock(folder);
        try {
            return opened(folder, plan, lock);
        } catch (RuntimeException e) {
            release(folder, lock);
            throw e;
        }
    }

    private static RunFolder opened(Path folder, RunPlan plan, FileChannel lock) {
        Path file = folder.resolve(RECORD);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode record = RunRecord.of(plan);
        boolean resumed = Files.exists(file);
        if (resumed) {
            ObjectNode begun = RunRecord.read(file);
            List<String> differences = RunRecord.differences(begun, record);
            if (!differences.isEmpty()) {
                throw new InputException("the run in " + folder + " was begun otherwise ("
                        + String.join("; ", differences)
                        + "): repeat it as it was begun, or choose another folder");
            }
            record.set("started", begun.path("started"));
            record.withArray("resumed").addAll(begun.withArray("resumed")).add(now);
            if (begun.has("finished")) {
                record.set("finished", begun.path("finished"));
            }
        } else {
            refuseStrangers(folder);
            record.put("started", now);
        }
        AtomicFile.write(file, Json.page(record));
        return new RunFolder(folder, lock, record, resumed);
    }

    private static FileChannel lock(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new InputException(folder + " is a file where a folder for the run is needed");
            }
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock held = channel.tryLock();
                if (held != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw busy(folder);
            }
            channel.close();
            throw busy(folder);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }

    private static InputException busy(Path folder) {
        return new InputException(
                "another process is working in " + folder + ": let it finish or choose another folder");
    }

    private static void refuseStrangers(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.anyMatch(file -> !String.valueOf(file.getFileName()).startsWith("."))) {
                throw new InputException(folder + " is not empty and holds no " + RECORD
                        + ": choose a new folder for the run, so that nothing of yours is overwritten");
            }
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
    }

    public Path path() {
        return folder;
    }

    /** A file of this run. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Whether the run had been begun before. */
    public boolean resumed() {
        return resumed;
    }

    /** Whether it had come to its end before. */
    public boolean finished() {
        return record.has("finished");
    }

    /** Notes that the run has come to its end; the first time counts. */
    public void finish() {
        if (!finished()) {
            record.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            AtomicFile.write(folder.resolve(RECORD), Json.page(record));
        }
    }

    /** Lets another process in. */
    @Override
    public void close() {
        release(folder, lock);
    }

    private static void release(Path folder, FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }
}
