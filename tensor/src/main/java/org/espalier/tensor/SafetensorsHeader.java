package org.espalier.tensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;

/**
 * What the JSON at the start of a safetensors file says, checked against the bytes that follow it: every tensor lies
 * inside the file, has as many bytes as its shape and kind ask for, and together they cover the file without holes.
 *
 * @param tensors by name, in the order of their bytes
 * @param metadata texts that the writer of the file added
 */
record SafetensorsHeader(Map<String, Stored> tensors, Map<String, String> metadata) {
    /** The name that is none of a tensor. */
    static final String METADATA = "__metadata__";

    /**
     * Where one tensor lies.
     *
     * @param begin first byte, counted from the end of the header
     * @param end the byte after the last
     */
    record Stored(TensorInfo info, long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    /**
     * Reads and checks a header.
     *
     * @param json the header as it stands in the file
     * @param bytes how many bytes follow it
     * @throws InputException if it is not sound, naming the tensor
     */
    static SafetensorsHeader parse(Path file, byte[] json, long bytes) {
        SafetensorsHeader unchecked = new SafetensorsHeaderReader(file).read(json);
        List<Map.Entry<String, Stored>> entries =
                new ArrayList<>(unchecked.tensors().entrySet());
        entries.forEach(entry -> requireSize(file, entry.getKey(), entry.getValue(), bytes));
        entries.sort(Comparator.comparingLong(
                        (Map.Entry<String, Stored> entry) -> entry.getValue().begin())
                .thenComparingLong(entry -> entry.getValue().end())
                .thenComparing(Map.Entry::getKey));
        requireCover(file, entries, bytes);
        Map<String, Stored> tensors = new LinkedHashMap<>();
        entries.forEach(entry -> tensors.put(entry.getKey(), entry.getValue()));
        return new SafetensorsHeader(tensors, unchecked.metadata());
    }

    private static void requireSize(Path file, String name, Stored stored, long bytes) {
        if (stored.begin() > stored.end() || stored.end() > bytes) {
            throw unsound(
                    file,
                    name,
                    "should lie at bytes " + stored.begin() + " to " + stored.end() + ", but " + bytes
                            + " bytes follow the header");
        }
        long bits;
        try {
            bits = stored.info().bits();
        } catch (ArithmeticException e) {
            throw unsound(file, name, "has the shape " + stored.info().shape() + ", which is too large for any memory");
        }
        if (bits % 8 != 0 || bits / 8 != stored.bytes()) {
            throw unsound(
                    file,
                    name,
                    "has " + stored.bytes() + " bytes where " + stored.info().dtype() + " of shape "
                            + stored.info().shape() + " needs " + Math.ceilDiv(bits, 8L));
        }
    }

    private static void requireCover(Path file, List<Map.Entry<String, Stored>> entries, long bytes) {
        long covered = 0;
        String before = "";
        for (Map.Entry<String, Stored> entry : entries) {
            long begin = entry.getValue().begin();
            if (begin < covered) {
                throw unsound(file, entry.getKey(), "overlaps the tensor " + quoted(before));
            }
            if (begin > covered) {
                throw unsound(file, entry.getKey(), "begins " + (begin - covered) + " bytes too late, after a hole");
            }
            covered = entry.getValue().end();
            before = entry.getKey();
        }
        if (covered != bytes) {
            throw unsound(file, (bytes - covered) + " bytes at its end belong to no tensor");
        }
    }

    /** A tensor's name as it may stand in a sentence. */
    static String quoted(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return "\"" + (plain.length() > 200 ? plain.substring(0, 200) + "..." : plain) + "\"";
    }

    static InputException unsound(Path file, String name, String what) {
        return unsound(file, "the tensor " + quoted(name) + " " + what);
    }

    static InputException unsound(Path file, String what) {
        return new InputException(file + " is no sound safetensors file: " + what + "; get the file again");
    }
}
