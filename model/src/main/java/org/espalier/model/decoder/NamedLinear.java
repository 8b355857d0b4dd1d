package org.espalier.model.decoder;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A product of the vision side: one or several modules' in one, which an adapter knows by name.
 *
 * @param modules their names, in the order of the rows
 * @param outputs rows of each
 */
public record NamedLinear(List<String> modules, List<Integer> outputs, Linear base) {
    public NamedLinear {
        modules = List.copyOf(modules);
        outputs = List.copyOf(outputs);
    }

    /** Of {@code x [..., inputs]}: {@code [..., outputs]}. */
    public Tensor of(Tensor x, Deltas deltas) {
        return base.of(x, deltas.of(this));
    }
}
