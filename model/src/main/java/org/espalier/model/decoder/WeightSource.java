package org.espalier.model.decoder;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.tensor.Placement;

/** Where a model finds its weights. The tensors it hands out belong to whoever made the source. */
public interface WeightSource {
    /** Where they lie and of which type they are. */
    Placement placement();

    /**
     * Tensors one below the other.
     *
     * @param names of the tensors
     * @param rows of each
     * @param rest of their shape, the same for all
     * @throws InputException if one is missing or has another shape
     */
    Tensor rows(List<String> names, List<Integer> rows, long... rest);

    /**
     * A convolution whose kernels do not overlap, as the product that it equals: {@code [shape[0], all others]}.
     *
     * @param shape in which it is stored
     * @throws InputException as {@link #rows}
     */
    Tensor convolution(String name, long... shape);

    /** One tensor. */
    default Tensor get(String name, long... shape) {
        return rows(
                List.of(name),
                List.of(Math.toIntExact(shape[0])),
                java.util.Arrays.copyOfRange(shape, 1, shape.length));
    }

    /** A linear layer of one or more fused parts. */
    default Linear linear(List<String> names, List<Integer> outputs, long inputs, boolean bias) {
        Tensor weight = rows(names.stream().map(name -> name + ".weight").toList(), outputs, inputs);
        return new Linear(
                weight,
                bias
                        ? Optional.of(
                                rows(names.stream().map(name -> name + ".bias").toList(), outputs))
                        : Optional.empty());
    }
}
