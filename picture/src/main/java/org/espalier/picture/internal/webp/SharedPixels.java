package org.espalier.picture.internal.webp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that two processes share, through which pixels go a block at a time: a pipe would copy each of them four times, here
 * it is one time. It is a temporary file, which has no name any longer once both have opened it.
 */
final class SharedPixels {
    /** Small enough to stay in a processor's cache, and of most pictures two or three blocks. */
    static final int BLOCK = 2 << 20;

    private final Path file;
    private final MappedByteBuffer block;

    private SharedPixels(Path file, MappedByteBuffer block) {
        this.file = file;
        this.block = block;
    }

    /** A new file, whose bytes are all on the disk: a full one says so here, and not in the middle of a picture. */
    static SharedPixels create() throws IOException {
        Path file = Files.createTempFile(
                "espalier-pixels-" + ProcessHandle.current().pid() + "-", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            return new SharedPixels(file, channel.map(MapMode.READ_ONLY, 0, BLOCK));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** The other end of it, for writing. */
    static SharedPixels open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new SharedPixels(file, channel.map(MapMode.READ_WRITE, 0, BLOCK));
        }
    }

    Path file() {
        return file;
    }

    /** Takes the file's name away; some systems keep that of one in use. */
    void unname() {
        file.toFile().delete();
    }

    void put(int at, byte[] bytes) {
        block.put(at, bytes);
    }

    /**
     * The first bytes of the block.
     *
     * @throws IOException if they are gone: whoever shares the file may have cut it off
     */
    void get(byte[] into, int at, int length) throws IOException {
        try {
            block.get(0, into, at, length);
        } catch (InternalError e) {
            throw new IOException("the shared memory is gone", e);
        }
    }
}
