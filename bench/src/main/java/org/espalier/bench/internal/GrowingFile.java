package org.espalier.bench.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.LineLog;

/**
 * A file that grows by groups of lines. A group that was not written to its end is dropped when the file is opened
 * again, so that it is made anew as a whole.
 */
public final class GrowingFile implements AutoCloseable {
    private final LineLog log;
    private long lines;

    private GrowingFile(LineLog log, long lines) {
        this.log = log;
        this.lines = lines;
    }

    /**
     * @param all lines that the file has when it is complete; its last group may be smaller
     * @param perGroup lines of every other group
     */
    public static GrowingFile open(Path file, long all, int perGroup) {
        return open(file, all, whole -> whole - whole % perGroup);
    }

    /**
     * @param all lines that the file has when it is complete
     * @param ends for a number of whole lines the greatest number, not above it, at which a group ends
     */
    public static GrowingFile open(Path file, long all, LongUnaryOperator ends) {
        dropTornLine(file);
        long whole = lines(file, Long.MAX_VALUE)[0];
        long kept = whole >= all ? whole : ends.applyAsLong(whole);
        if (kept < whole) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(lines(file, kept)[1]);
                channel.force(true);
            } catch (IOException e) {
                throw FileTrouble.writing(file, e);
            }
        }
        return new GrowingFile(LineLog.open(file), kept);
    }

    /** Makes a file if need be, and drops an incomplete last line. */
    public static void dropTornLine(Path file) {
        LineLog.open(file).close();
    }

    /** How many lines there are that are not blank, but at most {@code most}, and how many bytes it is to their end. */
    private static long[] lines(Path file, long most) {
        long lines = 0;
        long bytes = 0;
        boolean blank = true;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int b = lines < most ? in.read() : -1; b >= 0; b = lines < most ? in.read() : -1) {
                bytes++;
                if (b == '\n') {
                    lines += blank ? 0 : 1;
                    blank = true;
                } else {
                    blank &= b == ' ' || b == '\t' || b == '\r';
                }
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
        return new long[] {lines, bytes};
    }

    /** Lines on the disk. */
    public long lines() {
        return lines;
    }

    public void append(List<String> group) {
        log.append(group);
        lines += group.size();
    }

    @Override
    public void close() {
        log.close();
    }
}
