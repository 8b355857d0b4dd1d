package org.espalier.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of whole lines that grows: what {@link #append} returned from is on the disk, a line torn by a crash is dropped
 * when the file is opened again, and a line that was damaged since is noticed then ({@link LineChecksums}). A link is
 * never followed: a folder from somebody else may hold one that leads to a file of yours. Not thread-safe.
 */
public final class LineLog implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    /** Empty for what is no regular file, as {@code /dev/stdout}. */
    private final Optional<LineChecksums> checksums;

    private long end;

    private LineLog(Path file, FileChannel channel, Optional<LineChecksums> checksums, long end) {
        this.file = file;
        this.channel = channel;
        this.checksums = checksums;
        this.end = end;
    }

    /**
     * Opens a file for more lines, making it and its folder if need be and dropping an incomplete last line.
     *
     * @throws org.espalier.core.InputException if a line is not the one that was written, or the file is a link or a pipe
     */
    public static LineLog open(Path file) {
        return FileTrouble.writing(file, () -> {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileTrouble.refuseLink(file);
            if (!file.startsWith(FileTrouble.DEVICES)) {
                FileTrouble.refusePipe(file);
                FileTrouble.refusePipe(LineChecksums.beside(file));
            }
            // What is written is on the disk when a write returns.
            FileChannel channel = OwnerOnly.channel(file, StandardOpenOption.DSYNC);
            try {
                long end = endOfLastWholeLine(channel);
                if (end < channel.size()) {
                    channel.truncate(end);
                    channel.force(true);
                }
                Optional<LineChecksums> checksums = Files.isRegularFile(file)
                        ? Optional.of(LineChecksums.open(file, channel, end))
                        : Optional.empty();
                return new LineLog(file, channel, checksums, end);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        });
    }

    private static long endOfLastWholeLine(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = channel.size(); end > 0; ) {
            long start = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - start));
            for (long at = start; block.hasRemaining(); ) {
                int n = channel.read(block, at);
                if (n < 0) {
                    throw new IOException("the file shrank while it was read");
                }
                at += n;
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }

    /** Appends one line; it is on the disk on return. */
    public void append(String line) {
        append(List.of(line));
    }

    /**
     * Appends lines; they are on the disk on return.
     *
     * @param lines without line ends, none of which may stand inside either
     */
    public void append(List<String> lines) {
        List<byte[]> encoded = new ArrayList<>(lines.size());
        int size = 0;
        for (String line : lines) {
            byte[] one = encoded(line);
            encoded.add(one);
            size = Math.addExact(size, one.length + 1);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (byte[] one : encoded) {
            bytes.put(one).put((byte) '\n');
        }
        bytes.flip();
        try {
            long at = end;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            if (checksums.isPresent()) {
                checksums.get().append(encoded);
            }
            end = at;
        } catch (IOException e) {
            dropTorn();
            throw FileTrouble.writing(file, e);
        }
    }

    private static byte[] encoded(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a line may not hold a line end: " + line);
        }
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** A line counts once it has its checksum; what was written of lines that do not count goes, sums and all. */
    private void dropTorn() {
        try {
            channel.truncate(end);
            if (checksums.isPresent()) {
                checksums.get().dropTorn();
            }
        } catch (IOException e) {
            // The next open drops the torn line; the failed write is what to report.
            return;
        }
    }

    /** Length in bytes of the whole lines. */
    public long length() {
        return end;
    }

    @Override
    public void close() {
        FileTrouble.writing(file, () -> {
            channel.close();
            if (checksums.isPresent()) {
                checksums.get().close();
            }
        });
    }
}
