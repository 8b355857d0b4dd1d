package org.espalier.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a picture, read where they are asked for: a header costs a few kilobytes of a file of any size. Reading
 * past the end says that the picture is cut off.
 */
final class Source implements AutoCloseable {
    private static final int WINDOW = 8192;

    private final AutoCloseable owner;
    private final Filler filler;
    private final long length;
    private byte[] window;
    private long start;

    private interface Filler {
        byte[] at(long position, int count) throws IOException;
    }

    private Source(AutoCloseable owner, Filler filler, long length, byte[] window) {
        this.owner = owner;
        this.filler = filler;
        this.length = length;
        this.window = window;
    }

    static Source of(byte[] bytes) {
        return new Source(() -> {}, (position, count) -> bytes, bytes.length, bytes);
    }

    static Source open(Path path) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        return new Source(channel, (position, count) -> read(channel, position, count), channel.size(), new byte[0]);
    }

    private static byte[] read(SeekableByteChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        channel.position(position);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        if (buffer.hasRemaining()) {
            throw new IOException("the file shrank while it was read");
        }
        return buffer.array();
    }

    long length() {
        return length;
    }

    int u8(long at) throws IOException, UnreadablePicture {
        if (at < 0 || at >= length) {
            throw UnreadablePicture.cutOff(length);
        }
        if (at < start || at >= start + window.length) {
            window = filler.at(at, (int) Math.min(WINDOW, length - at));
            start = at;
        }
        return window[(int) (at - start)] & 0xFF;
    }

    int u16be(long at) throws IOException, UnreadablePicture {
        return u8(at) << 8 | u8(at + 1);
    }

    int u16le(long at) throws IOException, UnreadablePicture {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24le(long at) throws IOException, UnreadablePicture {
        return u16le(at) | u8(at + 2) << 16;
    }

    long u32be(long at) throws IOException, UnreadablePicture {
        return (long) u16be(at) << 16 | u16be(at + 2);
    }

    long u32le(long at) throws IOException, UnreadablePicture {
        return u16le(at) | (long) u16le(at + 2) << 16;
    }

    byte[] bytes(long at, int count) throws IOException, UnreadablePicture {
        if (count < 0 || at + count > length) {
            throw UnreadablePicture.cutOff(length);
        }
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) u8(at + i);
        }
        return bytes;
    }

    /** Whether these Latin-1 characters stand there; false where the data ends. */
    boolean startsWith(long at, String text) throws IOException, UnreadablePicture {
        if (at + text.length() > length) {
            return false;
        }
        return new String(bytes(at, text.length()), StandardCharsets.ISO_8859_1).equals(text);
    }

    @Override
    public void close() throws IOException {
        try {
            owner.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
