package org.espalier.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes safetensors files as the format's reference implementation lays them out: the widest kind of number first,
 * then by name, and a header padded to eight bytes. The same tensors make the same bytes, whatever the map's order.
 */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 20;

    private SafetensorsWriter() {}

    /** Writes with the metadata that transformers and PEFT look for, {@code format} = {@code pt}. */
    public static void write(Path file, Map<String, Tensor> tensors) {
        write(file, tensors, Map.of("format", "pt"));
    }

    /**
     * Writes a file whole or not at all. Tensors may lie on any device and in any layout; one at a time is brought to
     * the host, and only if it is not there already. They stay the caller's.
     *
     * @throws IllegalArgumentException if a tensor is of a kind Espalier does not compute with, or named as metadata
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        List<Named> ordered = ordered(tensors);
        byte[] header = header(ordered, metadata);
        AtomicFile.write(file, out -> {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            byte[] chunk = new byte[CHUNK];
            for (Named named : ordered) {
                write(out, named.tensor(), chunk);
            }
        });
    }

    /** As {@link #write(Path, Map)}, with a checksum that {@link SafetensorsFile#requireUnchanged} looks at. */
    public static void writeChecked(Path file, Map<String, Tensor> tensors) {
        CRC32C crc = new CRC32C();
        ordered(tensors).forEach(named -> add(crc, named.tensor()));
        write(file, tensors, Map.of("format", "pt", SafetensorsFile.CHECKSUM, Long.toHexString(crc.getValue())));
    }

    private static void add(CRC32C crc, Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            MemorySegment bytes = HostMemory.bytes(tensor.detach().cpu().contiguous());
            for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
                crc.update(bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at))
                        .asByteBuffer());
            }
        }
    }

    private record Named(String name, Tensor tensor, TensorInfo info) {}

    private static List<Named> ordered(Map<String, Tensor> tensors) {
        List<Named> ordered = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            if (name.equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException(name + " cannot be the name of a tensor");
            }
            ordered.add(new Named(name, tensor, TensorInfo.of(tensor)));
        });
        ordered.sort(Comparator.comparing((Named named) -> named.info().dtype())
                .reversed()
                .thenComparing(Named::name));
        return ordered;
    }

    private static byte[] header(List<Named> ordered, Map<String, String> metadata) {
        ObjectNode header = Json.object();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(SafetensorsHeader.METADATA);
            new TreeMap<>(metadata).forEach(texts::put);
        }
        long end = 0;
        for (Named named : ordered) {
            ObjectNode entry = header.putObject(named.name());
            entry.put("dtype", named.info().dtype().name());
            ArrayNode shape = entry.putArray("shape");
            named.info().shape().forEach(shape::add);
            long begin = end;
            end += named.info().bits() / 8;
            entry.putArray("data_offsets").add(begin).add(end);
        }
        byte[] text = Json.line(header).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, Math.ceilDiv(text.length, 8) * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void write(OutputStream out, Tensor tensor, byte[] chunk) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            MemorySegment bytes = HostMemory.bytes(tensor.detach().cpu().contiguous());
            for (long at = 0; at < bytes.byteSize(); at += chunk.length) {
                int length = (int) Math.min(chunk.length, bytes.byteSize() - at);
                MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
                out.write(chunk, 0, length);
            }
        }
    }
}
