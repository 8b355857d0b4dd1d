package org.espalier.tensor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
 * A safetensors file, mapped into memory and checked whole before any tensor is read. Several threads may read at once;
 * none may read after {@link #close}.
 */
public final class SafetensorsFile implements TensorSource {
    /** The text beside the tensors that holds the CRC-32C of their bytes. */
    static final String CHECKSUM = "crc32c";

    private static final long PIECE = 1 << 24;

    /** Bytes of the longest header, the limit of the format's reference implementation. */
    static final long LONGEST_HEADER = 100_000_000;

    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The first eight bytes of a Git LFS pointer, {@code "version "}, read as a header's length. */
    private static final long LFS_POINTER = ByteBuffer.wrap("version ".getBytes(StandardCharsets.US_ASCII))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();

    private final Path file;
    private final Arena arena;
    private final SafetensorsHeader header;
    private final MemorySegment data;

    private SafetensorsFile(Path file, Arena arena, SafetensorsHeader header, MemorySegment data) {
        this.file = file;
        this.arena = arena;
        this.header = header;
        this.data = data;
    }

    /**
     * Opens and checks a file.
     *
     * @throws InputException if it is missing or not sound, naming the file and the tensor
     */
    @SuppressWarnings("MustBeClosedChecker") // The arena closes when opening fails or with the file that is returned.
    public static SafetensorsFile open(Path file) {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment map = map(file, arena);
            long length = headerLength(file, map);
            MemorySegment data = map.asSlice(8 + length);
            SafetensorsHeader header = SafetensorsHeader.parse(
                    file, map.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE), data.byteSize());
            return new SafetensorsFile(file, arena, header, data);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path file, Arena arena) {
        if (!Files.exists(file)) {
            throw FileTrouble.reading(file, new NoSuchFileException(file.toString()));
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is not a file: name a safetensors file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private static long headerLength(Path file, MemorySegment map) {
        if (map.byteSize() < 8) {
            throw new InputException(file + " is no safetensors file: it has " + map.byteSize()
                    + " bytes and cannot even hold the length of its header; get the file again");
        }
        long length = map.get(LENGTH, 0);
        if (length == LFS_POINTER) {
            throw new InputException(
                    file + " is a Git LFS pointer, not the weights: run \"git lfs pull\" in its repository");
        }
        if (length < 0 || length > LONGEST_HEADER) {
            throw new InputException(file + " is no safetensors file: its header would be "
                    + Long.toUnsignedString(length) + " bytes long, more than the format's " + LONGEST_HEADER
                    + "; get the file again");
        }
        if (length > map.byteSize() - 8) {
            throw new InputException(file + " is truncated: its header is " + length + " bytes long, but only "
                    + (map.byteSize() - 8) + " bytes follow; get the file again");
        }
        return length;
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
        for (long at = 0; at < data.byteSize(); at += PIECE) {
            crc.update(data.asSlice(at, Math.min(PIECE, data.byteSize() - at)).asByteBuffer());
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
            HostMemory.bytes(tensor).copyFrom(data.asSlice(stored.begin(), stored.bytes()));
            return tensor;
        } catch (InternalError e) {
            // This is how the virtual machine reports a mapped page whose file has become shorter.
            tensor.close();
            throw new InputException(
                    file + " became shorter or unreadable while " + SafetensorsHeader.quoted(name)
                            + " was read: leave the file alone during a run",
                    e);
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
        arena.close();
    }
}
