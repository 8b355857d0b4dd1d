package org.espalier.core.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.espalier.core.InputException;

/**
 * Where the lines of a file of JSON lines begin, so that any of them is read by itself: eight bytes of memory a line,
 * whatever stands in it. A line counts once its end is written; blank ones have no place. Not thread-safe.
 */
public final class LineIndex {
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST = 1 << 28;

    /** What has become of the file since it was last looked at. */
    public enum Change {
        NONE,
        /** Lines came after those that were there. */
        GREW,
        /** It is not the file it was: nothing that was known of its lines holds. */
        REPLACED
    }

    private record Stamp(Optional<Object> key, long size, FileTime changed) {}

    private final Path file;
    private Optional<Stamp> last = Optional.empty();
    private long[] starts = new long[64];
    private int count;
    /** Behind the last whole line. */
    private long end;

    private int lastHash;

    /** @param file which need not be there yet */
    public LineIndex(Path file) {
        this.file = file;
    }

    /** Lines that were there at the last look. */
    public int size() {
        return count;
    }

    /** Looks at the file, reading no more of it than was added. */
    public Change refresh() {
        return FileTrouble.reading(file, () -> {
            if (!Files.exists(file)) {
                boolean gone = last.isPresent();
                forget();
                return gone ? Change.REPLACED : Change.NONE;
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp stamp = new Stamp(Optional.ofNullable(now.fileKey()), now.size(), now.lastModifiedTime());
            if (last.equals(Optional.of(stamp))) {
                return Change.NONE;
            }
            boolean known = last.isPresent();
            boolean same = last.map(before -> goesOn(before, stamp)).orElse(false);
            if (!same) {
                forget();
            }
            int before = count;
            grow();
            last = Optional.of(stamp);
            if (known && !same) {
                return Change.REPLACED;
            }
            return count > before ? Change.GREW : Change.NONE;
        });
    }

    private void forget() {
        last = Optional.empty();
        count = 0;
        end = 0;
        lastHash = 0;
    }

    /** A resumed run may have cut off some lines and written others in their place: the last one known tells. */
    private boolean goesOn(Stamp before, Stamp now) {
        return before.key().equals(now.key())
                && now.size() > before.size()
                && (count == 0 || line(count - 1).hashCode() == lastHash);
    }

    private void grow() throws IOException {
        byte[] block = new byte[BLOCK];
        long start = end;
        long at = end;
        boolean blank = true;
        FileTrouble.refusePipe(file);
        try (FileChannel channel = FileChannel.open(file);
                InputStream in = Channels.newInputStream(channel.position(end))) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                for (int i = 0; i < read; i++) {
                    if (block[i] != '\n') {
                        blank &= block[i] >= 0 && block[i] <= ' ';
                        continue;
                    }
                    if (!blank) {
                        add(start);
                    }
                    start = at + i + 1;
                    end = start;
                    blank = true;
                }
                at += read;
            }
        }
        if (count > 0) {
            lastHash = line(count - 1).hashCode();
        }
    }

    private void add(long start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count + count / 2);
        }
        starts[count++] = start;
    }

    /** A line by its number from 0, without its end. */
    public String line(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(length(Objects.checkIndex(number, count)));
        try (FileChannel channel = FileChannel.open(file)) {
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                // Less than all where it was cut off since; the next look finds that out.
                read = channel.read(bytes, starts[number] + bytes.position());
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
        return text(bytes.array(), bytes.position());
    }

    private int length(int number) {
        long length = (number + 1 < count ? starts[number + 1] : end) - starts[number];
        if (length > LONGEST) {
            throw new InputException(file + ", line " + (number + 1) + " is longer than " + LONGEST
                    + " bytes: this is not a file of JSON lines");
        }
        return (int) length;
    }

    /** Lines in order, from a number on, as they were at the last look. */
    public Walk from(int number) {
        return new Walk(number);
    }

    /** Reads lines one after another. */
    public final class Walk implements AutoCloseable {
        private final InputStream in;
        private int next;

        private Walk(int number) {
            next = Objects.checkIndex(number, count + 1);
            in = FileTrouble.reading(file, () -> {
                InputStream bytes = Files.newInputStream(file);
                bytes.skipNBytes(number < count ? starts[number] : end);
                return new BufferedInputStream(bytes, BLOCK);
            });
        }

        /** The next line; one must be left. */
        public String next() {
            return FileTrouble.reading(file, () -> {
                byte[] bytes = in.readNBytes(length(Objects.checkIndex(next, count)));
                next++;
                return text(bytes, bytes.length);
            });
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw FileTrouble.reading(file, e);
            }
        }
    }

    private static String text(byte[] bytes, int length) {
        String line = new String(bytes, 0, length, StandardCharsets.UTF_8).trim();
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
}
