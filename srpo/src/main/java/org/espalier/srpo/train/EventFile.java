package org.espalier.srpo.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.espalier.core.file.FileTrouble;
import tools.jackson.databind.node.ObjectNode;

/** A TensorBoard event file: records of a length, an event in protocol-buffer form, and their checksums. */
final class EventFile implements AutoCloseable {
    private final Path file;
    private final OutputStream out;

    private EventFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** A file of its own for the part of a training that begins after so many steps. */
    static EventFile create(Path folder, long steps) {
        Path file = folder.resolve("events.out.tfevents.%010d.espalier".formatted(steps));
        return FileTrouble.writing(file, () -> {
            Files.createDirectories(folder);
            EventFile events = new EventFile(file, Files.newOutputStream(file));
            events.write(event(0, text(3, "brain.Event:2")));
            return events;
        });
    }

    /** Every number of the line but the step, as {@code train/NAME}. */
    void append(long step, ObjectNode line) {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        line.properties().forEach(entry -> {
            if (!entry.getKey().equals("step")) {
                byte[] number = ByteBuffer.allocate(5)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) (2 << 3 | 5))
                        .putFloat((float) entry.getValue().asDouble())
                        .array();
                values.writeBytes(field(1, joined(text(1, "train/" + entry.getKey()), number)));
            }
        });
        FileTrouble.writing(file, () -> write(event(step, field(5, values.toByteArray()))));
    }

    private static byte[] event(long step, byte[] what) {
        ByteBuffer time = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
        time.put((byte) (1 << 3 | 1)).putDouble(System.currentTimeMillis() / 1000.0);
        return joined(time.array(), joined(joined(new byte[] {2 << 3}, number(step)), what));
    }

    private void write(byte[] event) throws IOException {
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(event.length)
                .array();
        out.write(length);
        out.write(checksum(length));
        out.write(event);
        out.write(checksum(event));
        out.flush();
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        int value = (int) crc.getValue();
        int masked = Integer.rotateRight(value, 15) + 0xa282ead8;
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }

    private static byte[] text(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] field(int number, byte[] content) {
        return joined(joined(new byte[] {(byte) (number << 3 | 2)}, number(content.length)), content);
    }

    private static byte[] number(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 127) {
            bytes.write((int) ((rest & 127) | 128));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public void close() {
        FileTrouble.writing(file, () -> out.close());
    }
}
