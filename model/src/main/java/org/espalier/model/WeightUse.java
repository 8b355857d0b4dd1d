package org.espalier.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.WeightSource;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;

/**
 * Which tensors of a folder its model is made of: found by putting the model together without any number.
 *
 * @param unused that are there and nobody asks for
 * @param missing that the model needs and that are not there
 */
public record WeightUse(Set<String> unused, Set<String> missing) {
    /**
     * Looks at the headers of a folder's weights.
     *
     * @throws org.espalier.core.InputException if layers are there that its config.json does not ask for
     */
    public static WeightUse of(ModelFolder folder) {
        Libtorch.load();
        Set<String> there = folder.inventory().tensors().keySet();
        Outline outline = new Outline(new HashSet<>());
        try (PointerScope scope = new PointerScope()) {
            folder.config().model(outline, there);
        }
        Set<String> unused = new TreeSet<>(there);
        unused.removeAll(outline.asked());
        Set<String> missing = new TreeSet<>(outline.asked());
        missing.removeAll(there);
        return new WeightUse(unused, missing);
    }

    /** Tensors of every shape that hold one number, as often as the shape needs it. */
    private record Outline(Set<String> asked) implements WeightSource {
        @Override
        public Placement placement() {
            return Placement.CPU;
        }

        @Override
        public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
            asked.addAll(names);
            long[] shape = new long[rest.length + 1];
            shape[0] = rows.stream().mapToLong(Integer::longValue).sum();
            System.arraycopy(rest, 0, shape, 1, rest.length);
            return placement().zeros(1).expand(shape);
        }

        @Override
        public Tensor convolution(String name, long... shape) {
            asked.add(name);
            long others = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
            return placement().zeros(1).expand(shape[0], others);
        }
    }
}
