package org.espalier.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Computed values beside stored ones. */
final class Comparison {
    /** A greater distance of float32 from float64 is no rounding, but a fault of what computes in float32. */
    private static final double FAULT = 1e-2;

    private final OracleFile file;
    private final List<ComputedValue> exact;
    private final Map<String, Double> distances = new TreeMap<>();

    /**
     * A comparison.
     *
     * @param exact computed in float64
     * @param single the same, in the same order, computed in float32
     */
    Comparison(OracleFile file, List<ComputedValue> exact, List<ComputedValue> single) {
        this.file = file;
        this.exact = exact;
        for (int i = 0; i < exact.size(); i++) {
            distances.merge(exact.get(i).group(), exact.get(i).distance(single.get(i)), Math::max);
        }
    }

    /** @param given keys of the file that were computed with */
    OracleReport report(Set<String> given) {
        TreeSet<String> unknown = new TreeSet<>(file.names());
        unknown.removeAll(given);
        exact.forEach(value -> unknown.remove(value.key()));
        TreeSet<String> lacking = new TreeSet<>();
        exact.stream().map(ComputedValue::key).filter(key -> !file.has(key)).forEach(lacking::add);
        List<ComparedGroup> groups = groups(group -> 0);
        Optional<OracleReport.Rounded> rounded = Optional.empty();
        if (groups.stream().anyMatch(group -> group.fault().isPresent())) {
            rounded = rounded();
            groups = rounded.isPresent() ? groups(this::distance) : groups;
        }
        return new OracleReport(groups, new ArrayList<>(unknown), new ArrayList<>(lacking), rounded);
    }

    private List<ComparedGroup> groups(ToDoubleFunction<String> allowed) {
        Map<String, ComparedGroup> groups = new LinkedHashMap<>();
        for (ComputedValue value : exact) {
            if (file.has(value.key())) {
                groups.merge(value.group(), value.compare(file, allowed), ComparedGroup::plus);
            }
        }
        groups.replaceAll((name, group) -> group.withFloat32(distance(name), FAULT));
        return new ArrayList<>(groups.values());
    }

    private double distance(String group) {
        return distances.getOrDefault(group, 0.0);
    }

    /** Whether less than half of the logits are equal to the last digit. */
    private Optional<OracleReport.Rounded> rounded() {
        long equal = 0;
        long of = 0;
        for (ComputedValue value : exact) {
            if (value instanceof ComputedValue.Numbers numbers
                    && value.group().equals(ForwardValues.LOGITS)
                    && file.has(value.key())) {
                equal += numbers.equal(file.floats(value.key()));
                of += numbers.values().length;
            }
        }
        return 2 * equal < of ? Optional.of(new OracleReport.Rounded(equal, of)) : Optional.empty();
    }
}
