package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.InputException;
import org.espalier.tensor.Scope;
import org.espalier.tensor.TensorSource;

/** Weights read from a checkpoint, converted to one number type. Closing it frees them all. */
public final class CheckpointWeights implements WeightSource, AutoCloseable {
    private final TensorSource source;
    private final Optional<ScalarType> type;
    private final List<Tensor> owned = new ArrayList<>();

    /**
     * Opens.
     *
     * @param type to convert to; empty keeps what the file has
     */
    public CheckpointWeights(TensorSource source, Optional<ScalarType> type) {
        this.source = source;
        this.type = type;
    }

    @Override
    public Tensor get(String name, long... shape) {
        Tensor tensor = Scope.own(Scope.keeping(() -> read(name, shape)));
        owned.add(tensor);
        return tensor;
    }

    @Override
    public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
        Tensor tensor = Scope.own(Scope.keeping(() -> {
            Tensor[] parts = new Tensor[names.size()];
            for (int i = 0; i < parts.length; i++) {
                long[] shape = new long[rest.length + 1];
                shape[0] = rows.get(i);
                System.arraycopy(rest, 0, shape, 1, rest.length);
                parts[i] = read(names.get(i), shape);
            }
            return parts.length == 1 ? parts[0] : cat(new TensorVector(parts), 0);
        }));
        owned.add(tensor);
        return tensor;
    }

    private Tensor read(String name, long... shape) {
        List<Long> stored = source.info(name).shape();
        long numbers = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        boolean same = stored.equals(Arrays.stream(shape).boxed().toList());
        // The patch embedding is stored as a convolution and used as the product it equals.
        boolean flattened = stored.size() > 2
                && stored.getFirst() == shape[0]
                && source.info(name).elements() == numbers;
        if (!same && !flattened) {
            throw new InputException("The checkpoint's tensor " + name + " has the shape " + stored
                    + ", but its config.json asks for " + Arrays.toString(shape) + ".");
        }
        Tensor tensor = source.read(name).view(shape);
        return type.isPresent() ? tensor.to(type.get()) : tensor;
    }

    @Override
    public void close() {
        owned.forEach(Tensor::close);
        owned.clear();
    }
}
