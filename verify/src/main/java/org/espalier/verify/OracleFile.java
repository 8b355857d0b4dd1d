package org.espalier.verify;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.core.InputException;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.SafetensorsFile;

/** The reference values of a folder. To be closed. */
final class OracleFile implements AutoCloseable {
    private static final String NAME = "expected.safetensors";

    private final SafetensorsFile file;
    private final Set<String> given = new TreeSet<>();

    private OracleFile(SafetensorsFile file) {
        this.file = file;
    }

    /** @throws InputException if the file is missing or broken */
    static OracleFile open(Path folder) {
        return new OracleFile(SafetensorsFile.open(folder.resolve(NAME)));
    }

    boolean has(String key) {
        return file.names().contains(key);
    }

    /** Keys with that beginning. */
    List<String> keys(String prefix) {
        return file.names().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .toList();
    }

    /**
     * Whole numbers that are computed with, not compared.
     *
     * @param limit each is at least 0 and below it
     * @throws InputException if there are none, or one is out of its range
     */
    int[] given(String key, int limit) {
        if (!has(key)) {
            throw new InputException(file.path() + " lacks the key " + key + ", which others depend on.");
        }
        given.add(key);
        return Arrays.stream(file.longs(key))
                .mapToInt(number -> {
                    if (number < 0 || number >= limit) {
                        throw new InputException(file.path() + ": " + key + " holds " + number
                                + ", which is not from 0 to " + (limit - 1) + ".");
                    }
                    return (int) number;
                })
                .toArray();
    }

    /** Keys that were computed with. */
    Set<String> given() {
        return Set.copyOf(given);
    }

    /** How many values there are under a key; so many where there is none. */
    int count(String key, int otherwise) {
        return has(key) ? Math.toIntExact(file.info(key).elements()) : otherwise;
    }

    List<Long> shape(String key) {
        return file.info(key).shape();
    }

    boolean isWhole(String key) {
        return file.info(key).dtype() == Dtype.I64;
    }

    long[] longs(String key) {
        return file.longs(key);
    }

    float[] floats(String key) {
        return file.floats(key);
    }

    Set<String> names() {
        return file.names();
    }

    @Override
    public void close() {
        file.close();
    }
}
