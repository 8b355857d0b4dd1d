package org.espalier.core.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.espalier.core.InputException;

/**
 * A checksum for each line of a {@link LineLog}, in a hidden file beside it ({@code .NAME.crc}: eight hexadecimal digits
 * of CRC-32C and a line end), so that a damaged line is noticed before a run continues from it, or a command reads it. Lines
 * are written before their checksums, which may wait for those of further lines: what a crash left without one is taken as it
 * is. A file that has none beside it was not written here and gets them when it is opened for more lines.
 */
final class LineChecksums implements AutoCloseable {
    private static final int WIDTH = 9;
    private static final int BLOCK = 1 << 16;

    /** Checksums that may wait for the next ones, so that a line costs one call of the system, not two. */
    private static final int WAITING = 64;

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final FileChannel channel;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long lastWritten = System.nanoTime();
    /** Those whose checksums are in the file. */
    private long lines;

    private LineChecksums(FileChannel channel) {
        this.channel = channel;
    }

    static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }

    /**
     * Compares the whole lines of a file with their checksums and adds those that are missing.
     *
     * @param log the file, read up to {@code end}, where its last whole line ends
     * @throws InputException if a line is not the one that was written
     */
    static LineChecksums open(Path file, FileChannel log, long end) throws IOException {
        Path beside = beside(file);
        FileChannel channel = OwnerOnly.channel(beside);
        LineChecksums sums = new LineChecksums(channel);
        try {
            sums.compareAndComplete(file, log, end);
            return sums;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Compares the whole lines of a file with the checksums that lie beside it, if any do.
     *
     * @throws InputException if a line is not the one that was written, or there are fewer
     */
    static void check(Path file) throws IOException {
        Path beside = beside(file);
        if (!Files.isRegularFile(file) || !Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // Opened in this order, and counted first, for a file that grows has its lines before their checksums.
        try (FileChannel channel = FileChannel.open(beside);
                FileChannel log = FileChannel.open(file)) {
            long known = channel.size() / WIDTH;
            LineChecksums sums = new LineChecksums(channel);
            sums.compare(file, log, log.size());
            if (sums.lines < known) {
                throw new InputException(file + " has " + sums.lines + " of the " + known
                        + " lines that were written: it was cut short; restore it, run again the command that wrote it, or delete "
                        + beside.getFileName() + " if that was meant.");
            }
        }
    }

    private void compareAndComplete(Path file, FileChannel log, long end) throws IOException {
        byte[] missing = compare(file, log, end);
        long known = lines - missing.length / WIDTH;
        channel.truncate(known * WIDTH);
        write(missing, known * WIDTH);
    }

    /** The checksums of the lines that have none. */
    private byte[] compare(Path file, FileChannel log, long end) throws IOException {
        long known = channel.size() / WIDTH;
        InputStream sums = new BufferedInputStream(Channels.newInputStream(channel.position(0)), BLOCK);
        CRC32C crc = new CRC32C();
        ByteArrayOutputStream missing = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        byte[] sum = new byte[WIDTH];
        for (long at = 0; at < end; ) {
            int count = log.read(ByteBuffer.wrap(block, 0, (int) Math.min(BLOCK, end - at)), at);
            if (count < 0) {
                throw new IOException("the file shrank while it was read");
            }
            // A text finds its line ends many bytes at a time, where a loop would look at each.
            String text = new String(block, 0, count, StandardCharsets.ISO_8859_1);
            int begin = 0;
            for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', begin)) {
                crc.update(block, begin, i - begin);
                begin = i + 1;
                if (lines >= known) {
                    missing.writeBytes(text(crc));
                } else if (sums.readNBytes(sum, 0, WIDTH) < WIDTH || !Arrays.equals(sum, text(crc))) {
                    throw differs(file, lines + 1);
                }
                lines++;
                crc.reset();
            }
            crc.update(block, begin, count - begin);
            at += count;
        }
        return missing.toByteArray();
    }

    private static InputException differs(Path file, long line) {
        return new InputException(file + ", line " + line + " is not what was written (its checksum in "
                + beside(file).getFileName()
                + " differs): the file was damaged or changed; restore it, delete it to compute it again, or delete "
                + beside(file).getFileName() + " if the change was meant.");
    }

    /**
     * Adds the checksums of lines that were written, each without its end.
     *
     * @throws IOException if they could not be written; then none of them is added
     */
    void append(List<byte[]> written) throws IOException {
        byte[] before = waiting.toByteArray();
        CRC32C crc = new CRC32C();
        for (byte[] line : written) {
            crc.reset();
            crc.update(line);
            waiting.writeBytes(text(crc));
        }
        if (waiting.size() < WAITING * WIDTH && System.nanoTime() - lastWritten < LONGEST_WAIT) {
            return;
        }
        try {
            writeWaiting();
        } catch (IOException e) {
            waiting.reset();
            waiting.writeBytes(before);
            throw e;
        }
    }

    private void writeWaiting() throws IOException {
        write(waiting.toByteArray(), lines * WIDTH);
        lines += waiting.size() / WIDTH;
        waiting.reset();
        lastWritten = System.nanoTime();
    }

    /** Drops what was written of checksums that could not be written whole. */
    void dropTorn() throws IOException {
        channel.truncate(lines * WIDTH);
    }

    private void write(byte[] sums, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(sums);
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    private static byte[] text(CRC32C crc) {
        byte[] text = new byte[WIDTH];
        int value = (int) crc.getValue();
        for (int i = 0; i < WIDTH - 1; i++) {
            text[i] = (byte) Character.forDigit(value >>> 28 - 4 * i & 0xF, 16);
        }
        text[WIDTH - 1] = '\n';
        return text;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            writeWaiting();
        }
    }
}
