package org.espalier.model.decoder;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Where a model finds its weights. The tensors it hands out belong to whoever made the source. */
public interface WeightSource {
    /**
     * The tensor of that name.
     *
     * @throws org.espalier.core.InputException if it is missing or has another shape
     */
    Tensor get(String name, long... shape);

    /** Fused rows: the tensors one below the other. */
    Tensor rows(java.util.List<String> names, java.util.List<Integer> rows, long... rest);

    /** A linear layer of one or more fused parts. */
    default Linear linear(java.util.List<String> names, java.util.List<Integer> outputs, long inputs, boolean bias) {
        Tensor weight = rows(names.stream().map(name -> name + ".weight").toList(), outputs, inputs);
        return new Linear(
                weight,
                bias
                        ? Optional.of(
                                rows(names.stream().map(name -> name + ".bias").toList(), outputs))
                        : Optional.empty());
    }
}
