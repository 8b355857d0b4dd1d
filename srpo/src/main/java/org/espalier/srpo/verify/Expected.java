package org.espalier.srpo.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.TensorInfo;

/** The reference values, and a tally of what was compared with them. */
final class Expected {
    /** Single precision against double: rounding stays a hundred times below it. */
    private static final double TOLERANCE = 1e-4;

    private final SafetensorsFile file;
    private final Placement placement;
    private final TreeSet<String> left;
    private final TreeSet<String> lacking = new TreeSet<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();

    /** @param placement of what is compared */
    Expected(SafetensorsFile file, Placement placement) {
        this.file = file;
        this.placement = placement;
        this.left = new TreeSet<>(file.names());
    }

    boolean has(String key) {
        return file.names().contains(key);
    }

    /** Whether there is no such value; then the file is not whole, and the report says so. */
    boolean lacks(String key) {
        if (has(key)) {
            return false;
        }
        lacking.add(key);
        return true;
    }

    /** Keys with that beginning. */
    List<String> keys(String prefix) {
        return file.names().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** Whole numbers that are taken as given, not compared. */
    long[] given(String key) {
        if (!has(key)) {
            throw new InputException(file.path() + " lacks the key " + key + ", which others depend on.");
        }
        left.remove(key);
        return longs(key);
    }

    long[] longs(String key) {
        return file.longs(key);
    }

    float[] floats(String key) {
        return file.floats(key);
    }

    void equal(String group, String key, long[] actual) {
        if (lacks(key)) {
            return;
        }
        long[] expected = longs(key);
        String fault = expected.length == actual.length ? "" : lengths(expected.length, actual.length);
        double largest = 0;
        for (int i = 0; fault.isEmpty() && i < expected.length; i++) {
            if (expected[i] != actual[i]) {
                largest = Math.abs((double) expected[i] - actual[i]);
                fault = "value " + i + " is " + actual[i] + ", expected " + expected[i];
            }
        }
        tally(group, key, largest, 0, fault);
    }

    void close(String group, String key, Tensor actual) {
        if (lacks(key)) {
            return;
        }
        TensorInfo info = TensorInfo.of(actual);
        if (!file.info(key)
                .shape()
                .equals(Arrays.stream(info.dimensions()).boxed().toList())) {
            tally(
                    group,
                    key,
                    Double.POSITIVE_INFINITY,
                    TOLERANCE,
                    "shape " + Arrays.toString(info.dimensions()) + ", expected "
                            + file.info(key).shape());
            return;
        }
        close(group, key, placement.floats(actual));
    }

    void close(String group, String key, double... actual) {
        float[] values = new float[actual.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) actual[i];
        }
        close(group, key, values);
    }

    void close(String group, String key, float[] actual) {
        if (!lacks(key)) {
            close(group, key, actual, TOLERANCE);
        }
    }

    void close(String group, String key, float[] actual, double tolerance) {
        float[] expected = floats(key);
        if (expected.length != actual.length) {
            tally(group, key, Double.POSITIVE_INFINITY, tolerance, lengths(expected.length, actual.length));
            return;
        }
        double scale = 0;
        for (float value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        String fault = "";
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) expected[i] - actual[i]);
            double share = difference / Math.max(scale, 1e-30);
            largest = Math.max(largest, Double.isNaN(share) ? Double.POSITIVE_INFINITY : share);
            if (fault.isEmpty() && !Float.isFinite(expected[i])) {
                fault = "value " + i + " of the file is " + expected[i] + ", which nothing agrees with";
            }
            if (fault.isEmpty() && !(difference <= tolerance * Math.abs(expected[i]) + tolerance / 10 * scale)) {
                fault = String.format(
                        Locale.ROOT, "value %d is %.8g, expected %.8g", i, (double) actual[i], (double) expected[i]);
            }
        }
        tally(group, key, largest, tolerance, fault);
    }

    private static String lengths(int expected, int actual) {
        return actual + " values, expected " + expected;
    }

    /** Counts one comparison; {@code fault} is empty where it agreed. */
    void tally(String name, String key, double largest, double tolerance, String fault) {
        left.remove(key);
        Optional<String> found = fault.isEmpty() ? Optional.empty() : Optional.of(key + ": " + fault);
        groups.merge(
                name,
                new Group(name, 1, largest, tolerance, found),
                (a, b) -> new Group(
                        name,
                        a.keys() + 1,
                        Math.max(a.largest(), b.largest()),
                        Math.max(a.tolerance(), b.tolerance()),
                        a.fault().isPresent() ? a.fault() : b.fault()));
    }

    OracleReport report() {
        return new OracleReport(new ArrayList<>(groups.values()), new ArrayList<>(left), new ArrayList<>(lacking));
    }
}
