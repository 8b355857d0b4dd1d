package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.core.InputException;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;
import org.espalier.tensor.TensorInfo;
import org.espalier.tensor.TensorSource;

/** Weights read from a checkpoint into one placement. Closing it frees them all. Read by one thread. */
public final class CheckpointWeights implements WeightSource, AutoCloseable {
    private final TensorSource source;
    private final Placement placement;
    private final List<Tensor> owned = new ArrayList<>();

    public CheckpointWeights(TensorSource source, Placement placement) {
        this.source = source;
        this.placement = placement;
    }

    @Override
    public Placement placement() {
        return placement;
    }

    @Override
    public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
        return keep(() -> {
            Tensor[] parts = new Tensor[names.size()];
            for (int i = 0; i < parts.length; i++) {
                long[] shape = new long[rest.length + 1];
                shape[0] = rows.get(i);
                System.arraycopy(rest, 0, shape, 1, rest.length);
                TensorInfo stored = source.info(names.get(i));
                if (!Arrays.equals(stored.dimensions(), shape)) {
                    throw otherShape(names.get(i), stored, shape);
                }
                parts[i] = read(names.get(i), stored);
            }
            return parts.length == 1 ? parts[0] : cat(new TensorVector(parts), 0);
        });
    }

    @Override
    public Tensor convolution(String name, long... shape) {
        TensorInfo stored = source.info(name);
        long numbers = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        // Some checkpoints hold the product already.
        if (stored.shape().isEmpty() || stored.shape().getFirst() != shape[0] || stored.elements() != numbers) {
            throw otherShape(name, stored, shape);
        }
        return keep(() -> read(name, stored).view(shape[0], -1));
    }

    private Tensor keep(Supplier<Tensor> weight) {
        Tensor tensor = Scope.own(Scope.keeping(weight));
        owned.add(tensor);
        return tensor;
    }

    private Tensor read(String name, TensorInfo stored) {
        if (!stored.dtype().isComputed()) {
            throw new InputException("The checkpoint's tensor " + name + " is stored as " + stored.dtype()
                    + ", and weights are computed with in F32, BF16, F16 or F64: convert the checkpoint.");
        }
        return placement.read(source, name);
    }

    private static InputException otherShape(String name, TensorInfo stored, long... shape) {
        return new InputException("The checkpoint's tensor " + name + " has the shape " + stored.shape()
                + ", but its config.json asks for " + Arrays.toString(shape) + ".");
    }

    @Override
    public void close() {
        owned.forEach(Tensor::close);
        owned.clear();
    }
}
