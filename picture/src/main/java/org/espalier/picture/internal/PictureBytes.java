package org.espalier.picture.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a picture, read where they are asked for: a header costs a few kilobytes of a file of any size. Reading
 * past the end says that the picture is cut off. All numbers are unsigned. For one thread.
 */
public final class PictureBytes implements AutoCloseable {
    private static final int WINDOW = 8192;

    private final AutoCloseable owner;
    private final Filler filler;
    private final long length;
    private byte[] window;
    private long start;

    private interface Filler {
        byte[] at(long position, int count) throws IOException;
    }

    private PictureBytes(AutoCloseable owner, Filler filler, long length, byte[] window) {
        this.owner = owner;
        this.filler = filler;
        this.length = length;
        this.window = window;
    }

    public static PictureBytes of(byte[] bytes) {
        return new PictureBytes(() -> {}, (position, count) -> bytes, bytes.length, bytes);
    }

    public static PictureBytes open(Path path) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        return new PictureBytes(
                channel, (position, count) -> read(channel, position, count), channel.size(), new byte[0]);
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

    public long length() {
        return length;
    }

    public int u8(long at) throws IOException, UnreadablePicture {
        if (at < 0 || at >= length) {
            throw UnreadablePicture.cutOff(length);
        }
        if (at < start || at >= start + window.length) {
            window = filler.at(at, (int) Math.min(WINDOW, length - at));
            start = at;
        }
        return window[(int) (at - start)] & 0xFF;
    }

    public int u16be(long at) throws IOException, UnreadablePicture {
        return u8(at) << 8 | u8(at + 1);
    }

    public int u16le(long at) throws IOException, UnreadablePicture {
        return u8(at) | u8(at + 1) << 8;
    }

    public int u24le(long at) throws IOException, UnreadablePicture {
        return u16le(at) | u8(at + 2) << 16;
    }

    public long u32be(long at) throws IOException, UnreadablePicture {
        return (long) u16be(at) << 16 | u16be(at + 2);
    }

    public long u32le(long at) throws IOException, UnreadablePicture {
        return u16le(at) | (long) u16le(at + 2) << 16;
    }

    /** A copy of these bytes. */
    public byte[] bytes(long at, int count) throws IOException, UnreadablePicture {
        if (at < 0 || count < 0 || at + count > length) {
            throw UnreadablePicture.cutOff(length);
        }
        if (at >= start && at + count <= start + window.length) {
            int from = (int) (at - start);
            return Arrays.copyOfRange(window, from, from + count);
        }
        return filler.at(at, count);
    }

    /** All of them; what is in memory is not copied. At most 2 GiB. */
    public byte[] all() throws IOException {
        return filler.at(0, (int) length);
    }

    /** Whether these Latin-1 characters stand there; false where the data ends. */
    public boolean startsWith(long at, String text) throws IOException, UnreadablePicture {
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
