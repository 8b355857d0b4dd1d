package org.espalier.model.decoder;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.tensor.Placement;

/** Weights that keep in mind what was asked for, so that a checkpoint can be refused of which a part was not. */
public final class AskedWeights implements WeightSource {
    private final WeightSource source;
    private final Set<String> asked = new HashSet<>();

    public AskedWeights(WeightSource source) {
        this.source = source;
    }

    @Override
    public Placement placement() {
        return source.placement();
    }

    @Override
    public Tensor convolution(String name, long... shape) {
        asked.add(name);
        return source.convolution(name, shape);
    }

    @Override
    public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
        asked.addAll(names);
        return source.rows(names, rows, rest);
    }

    /**
     * Refuses layers and parts of layers that were not asked for: a model without them would be another, and say
     * nothing of it. Other tensors may be there; files often hold a head that is tied, or tables of rotations.
     *
     * @param names of all weights
     * @param layers whether a name is one of a layer's
     * @throws InputException if one was not asked for
     */
    public void requireAllUsed(Set<String> names, Predicate<String> layers) {
        List<String> unused = names.stream()
                .filter(layers)
                .filter(name -> !asked.contains(name) && !name.endsWith(".inv_freq"))
                .sorted()
                .toList();
        if (!unused.isEmpty()) {
            throw new InputException("The checkpoint holds the tensor " + unused.getFirst()
                    + (unused.size() > 1 ? " and " + (unused.size() - 1) + " more" : "")
                    + ", which its config.json does not ask for: take the config.json that belongs to it.");
        }
    }
}
