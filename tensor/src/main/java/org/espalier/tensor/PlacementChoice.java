package org.espalier.tensor;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.core.InputException;

/**
 * Where a person wants a model.
 *
 * @param type in which it is computed with; empty: as its weights are stored
 */
public record PlacementChoice(Device device, Optional<Dtype> type) {
    /** On the processor, as it is stored. */
    public static final PlacementChoice USUAL = new PlacementChoice(Device.CPU, Optional.empty());

    /** The name of no type in particular. */
    public static final String STORED = "stored";

    private static final Map<String, Dtype> TYPES = new TreeMap<>(
            Map.of("float32", Dtype.F32, "bfloat16", Dtype.BF16, "float16", Dtype.F16, "float64", Dtype.F64));

    /**
     * By their names.
     *
     * @param device as {@link Device#parse} takes it
     * @param type {@code stored}, {@code float32}, {@code bfloat16}, {@code float16} or {@code float64}
     * @throws InputException if there is nothing of such a name
     * @throws org.espalier.core.SurroundingsException if libtorch cannot compute on the device
     */
    public static PlacementChoice of(String device, String type) {
        Dtype chosen = TYPES.get(type);
        if (chosen == null && !type.equals(STORED)) {
            throw new InputException("there is no type '" + type + "' to compute in: take " + STORED
                    + " (as the weights are), " + String.join(", ", TYPES.keySet()));
        }
        return new PlacementChoice(Device.parse(device), Optional.ofNullable(chosen));
    }

    /** The name of the type. */
    public String typeName() {
        return type.flatMap(wanted -> TYPES.entrySet().stream()
                        .filter(entry -> entry.getValue() == wanted)
                        .map(Map.Entry::getKey)
                        .findFirst())
                .orElse(STORED);
    }
}
