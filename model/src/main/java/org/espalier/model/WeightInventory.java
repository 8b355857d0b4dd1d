package org.espalier.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.TensorInfo;
import org.espalier.tensor.TensorSource;

/**
 * What stands in files of weights, without their numbers.
 *
 * @param tensors by name, in the order of the files
 */
public record WeightInventory(Map<String, TensorInfo> tensors) {
    public WeightInventory {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Of a checkpoint or an adapter. */
    public static WeightInventory of(TensorSource source) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        source.names().forEach(name -> tensors.put(name, source.info(name)));
        return new WeightInventory(tensors);
    }

    /** How many numbers. */
    public long parameters() {
        return tensors.values().stream().mapToLong(TensorInfo::elements).sum();
    }

    /** How many numbers of each type there is. */
    public Map<Dtype, Long> types() {
        Map<Dtype, Long> types = new EnumMap<>(Dtype.class);
        tensors.values().forEach(info -> types.merge(info.dtype(), info.elements(), Long::sum));
        return types;
    }

    /** Bytes that they take. */
    public long bytes() {
        return tensors.values().stream()
                .mapToLong(info -> info.elements() * info.dtype().bits() / 8)
                .sum();
    }
}
