package org.espalier.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
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
        for (int i = 0; i < names.size(); i++) {
            long[] shape = shape(rows.get(i), rest);
            TensorInfo stored = source.info(names.get(i));
            if (!Arrays.equals(stored.dimensions(), shape)) {
                throw otherShape(names.get(i), stored, shape);
            }
            requireComputed(names.get(i), stored);
        }
        if (names.size() == 1) {
            return keep(() -> placement.read(source, names.getFirst()));
        }
        long all = rows.stream().mapToLong(Integer::longValue).sum();
        return keep(() -> placement.read(source, names, shape(all, rest)));
    }

    private static long[] shape(long rows, long... rest) {
        return LongStream.concat(LongStream.of(rows), LongStream.of(rest)).toArray();
    }

    @Override
    public Tensor convolution(String name, long... shape) {
        TensorInfo stored = source.info(name);
        long numbers = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        // Some checkpoints hold the product already.
        if (stored.shape().isEmpty() || stored.shape().getFirst() != shape[0] || stored.elements() != numbers) {
            throw otherShape(name, stored, shape);
        }
        requireComputed(name, stored);
        return keep(() -> placement.read(source, name).view(shape[0], -1));
    }

    private Tensor keep(Supplier<Tensor> weight) {
        Tensor tensor = Scope.own(Scope.keeping(weight));
        owned.add(tensor);
        return tensor;
    }

    private static void requireComputed(String name, TensorInfo stored) {
        if (!stored.dtype().isComputed()) {
            throw new InputException("The checkpoint's tensor " + name + " is stored as " + stored.dtype()
                    + ", and weights are computed with in F32, BF16, F16 or F64: convert the checkpoint.");
        }
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
