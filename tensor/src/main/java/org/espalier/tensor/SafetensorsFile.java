package org.espalier.tensor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;

/**
 * A safetensors file, its header checked whole before any tensor is read. Tensors are copied, and no more of the file is
 * mapped than is copied at the moment: pages of a mapped file count as this process's memory beside the copies, and a
 * checkpoint would cost twice its bytes. Several threads may read at once; none may read after {@link #close}, and an
 * interrupted one closes the file.
 */
public final class SafetensorsFile implements TensorSource {
    /** The text beside the tensors that holds the CRC-32C of their bytes. */
    static final String CHECKSUM = "crc32c";

    /** Bytes read at once; a buffer holds at most 2 GiB. */
    private static final int PIECE = 1 << 24;

    /** From so many bytes on it is faster to map them than to read them, which goes page by page. */
    private static final int LEAST_MAPPED = 1 << 20;

    /** Bytes of the longest header, the limit of the format's reference implementation. */
    static final long LONGEST_HEADER = 100_000_000;

    /** The first eight bytes of a Git LFS pointer, {@code "version "}, read as a header's length. */
    private static final long LFS_POINTER = ByteBuffer.wrap("version ".getBytes(StandardCharsets.US_ASCII))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    /** The first byte after the header. */
    private final long begin;

    private SafetensorsFile(Path file, FileChannel channel, SafetensorsHeader header, long begin) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.begin = begin;
    }

    /**
     * Opens and checks a file.
     *
     * @throws InputException if it is missing or not sound, naming the file and the tensor
     */
    public static SafetensorsFile open(Path file) {
        if (!Files.exists(file)) {
            throw FileTrouble.reading(file, new NoSuchFileException(file.toString()));
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is not a file: name a safetensors file");
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                long size = channel.size();
                int length = headerLength(file, channel, size);
                byte[] json = bytes(file, channel, 8, length);
                SafetensorsHeader header = SafetensorsHeader.parse(file, json, size - 8 - length);
                return new SafetensorsFile(file, channel, header, 8L + length);
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private static int headerLength(Path file, FileChannel channel, long size) throws IOException {
        if (size < 8) {
            throw new InputException(file + " is no safetensors file: it has " + size
                    + " bytes and cannot even hold the length of its header; get the file again");
        }
        long length = ByteBuffer.wrap(bytes(file, channel, 0, 8))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length == LFS_POINTER) {
            throw new InputException(
                    file + " is a Git LFS pointer, not the weights: run \"git lfs pull\" in its repository");
        }
        if (length < 0 || length > LONGEST_HEADER) {
            throw new InputException(file + " is no safetensors file: its header would be "
                    + Long.toUnsignedString(length) + " bytes long, more than the format's " + LONGEST_HEADER
                    + "; get the file again");
        }
        if (length > size - 8) {
            throw new InputException(file + " is truncated: its header is " + length + " bytes long, but only "
                    + (size - 8) + " bytes follow; get the file again");
        }
        return (int) length;
    }

    private static byte[] bytes(Path file, FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        fill(file, channel, at, bytes);
        return bytes.array();
    }

    /** Fills a buffer from a place in the file. */
    private static void fill(Path file, FileChannel channel, long at, ByteBuffer bytes) throws IOException {
        long from = at - bytes.position();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw shorter(file);
            }
        }
    }

    private static InputException shorter(Path file) {
        return new InputException(
                file + " became shorter or unreadable while it was read: leave the file alone during a run");
    }

    public Path path() {
        return file;
    }

    /**
     * Compares the numbers with the checksum that {@link SafetensorsWriter#writeChecked} wrote.
     *
     * @throws InputException if they differ, or there is none
     */
    public void requireUnchanged() {
        CRC32C crc = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        try {
            long end = channel.size();
            for (long at = begin; at < end; at += PIECE) {
                fill(file, channel, at, piece.clear().limit((int) Math.min(PIECE, end - at)));
                crc.update(piece.flip());
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
        if (!Long.toHexString(crc.getValue()).equals(header.metadata().get(CHECKSUM))) {
            throw new InputException(file + " is not what was written (its checksum differs): the file was damaged or"
                    + " changed; restore it, or delete it to begin anew");
        }
    }

    /** Texts that the writer of the file added, as {@code format} = {@code pt}. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return stored(name).info();
    }

    @Override
    public Tensor read(String name) {
        SafetensorsHeader.Stored stored = stored(name);
        TensorInfo info = stored.info();
        ScalarType type = info.dtype()
                .scalarType()
                .orElseThrow(() -> new InputException("the tensor " + SafetensorsHeader.quoted(name) + " in " + file
                        + " is stored as " + info.dtype()
                        + ", which Espalier does not compute with: convert it to F32, BF16, F16 or I64"));
        Tensor tensor = HostMemory.allocate(type, info.dimensions());
        try {
            read(stored, HostMemory.bytes(tensor));
            return tensor;
        } catch (RuntimeException e) {
            tensor.close();
            throw e;
        }
    }

    @Override
    public void read(String name, Tensor into) {
        SafetensorsHeader.Stored stored = stored(name);
        MemorySegment bytes = HostMemory.bytes(into);
        if (TensorInfo.of(into).dtype() != stored.info().dtype() || bytes.byteSize() != stored.bytes()) {
            throw new IllegalArgumentException(stored.info() + " is to be read into " + TensorInfo.of(into));
        }
        read(stored, bytes);
    }

    private void read(SafetensorsHeader.Stored stored, MemorySegment into) {
        try {
            for (long at = 0; at < into.byteSize(); at += PIECE) {
                MemorySegment piece = into.asSlice(at, Math.min(PIECE, into.byteSize() - at));
                if (piece.byteSize() < LEAST_MAPPED) {
                    fill(file, channel, begin + stored.begin() + at, piece.asByteBuffer());
                } else {
                    copy(begin + stored.begin() + at, piece);
                }
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** Copies a piece that is mapped as long as that takes. */
    private void copy(long at, MemorySegment into) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            into.copyFrom(channel.map(FileChannel.MapMode.READ_ONLY, at, into.byteSize(), arena));
        } catch (InternalError e) {
            // So the virtual machine reports a page of the map that is no longer behind it.
            throw shorter(file);
        } catch (IOException e) {
            // What is not there cannot be mapped.
            if (at + into.byteSize() > channel.size()) {
                throw shorter(file);
            }
            throw e;
        }
    }

    private SafetensorsHeader.Stored stored(String name) {
        SafetensorsHeader.Stored stored = header.tensors().get(name);
        if (stored == null) {
            throw new InputException("there is no tensor " + SafetensorsHeader.quoted(name) + " in " + file
                    + ": this is a checkpoint of another model or layout");
        }
        return stored;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }
}
