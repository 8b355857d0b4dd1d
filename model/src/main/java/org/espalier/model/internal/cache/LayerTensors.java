package org.espalier.model.internal.cache;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/** One tensor {@code [rows, keyValueHeads, length, width]} a layer, owned. */
final class LayerTensors implements AutoCloseable {
    private final Placement placement;
    private final Tensor[] tensors;

    private LayerTensors(Placement placement, Tensor[] tensors) {
        this.placement = placement;
        this.tensors = tensors;
    }

    static LayerTensors empty(TextShape shape, Placement placement, long rows, long length) {
        List<Tensor> tensors = new ArrayList<>();
        try {
            for (int layer = 0; layer < shape.layers(); layer++) {
                tensors.add(Scope.own(
                        Scope.keeping(() -> placement.zeros(rows, shape.keyValueHeads(), length, shape.headWidth()))));
            }
        } catch (RuntimeException e) {
            // Where there is no memory for all layers, that of the first ones must not stay taken.
            tensors.forEach(Tensor::close);
            throw e;
        }
        return new LayerTensors(placement, tensors.toArray(Tensor[]::new));
    }

    Tensor of(int layer) {
        return tensors[layer];
    }

    /** Puts something else in the place of each, one after the other, so that little is held twice. */
    private void replace(UnaryOperator<Tensor> change) {
        for (int layer = 0; layer < tensors.length; layer++) {
            Tensor old = tensors[layer];
            tensors[layer] = Scope.own(Scope.keeping(() -> change.apply(old)));
            old.close();
        }
    }

    /** Keeps these rows, in this order, and drops the others. */
    void keep(long[] rows) {
        replace(tensor -> tensor.index_select(0, placement.indices(rows, rows.length)));
    }

    /** Makes room for another length; what is there up to {@code filled} stays. */
    void lengthen(long filled, long length) {
        replace(tensor -> {
            Tensor roomy = placement.zeros(tensor.size(0), tensor.size(1), length, tensor.size(3));
            roomy.narrow(2, 0, filled).copy_(tensor.narrow(2, 0, filled));
            return roomy;
        });
    }

    /** Adds rows without values. */
    void add(long rows) {
        replace(tensor -> cat(
                new TensorVector(tensor, placement.zeros(rows, tensor.size(1), tensor.size(2), tensor.size(3))), 0));
    }

    /** Adds the rows of others, all of another length from then on; what does not fit in it is cut off. */
    void append(LayerTensors more, long length) {
        for (int layer = 0; layer < tensors.length; layer++) {
            Tensor old = tensors[layer];
            Tensor added = more.of(layer);
            tensors[layer] = Scope.own(Scope.keeping(() -> {
                Tensor all = placement.zeros(old.size(0) + added.size(0), old.size(1), length, old.size(3));
                copy(old, all.narrow(0, 0, old.size(0)));
                copy(added, all.narrow(0, old.size(0), added.size(0)));
                return all;
            }));
            old.close();
        }
    }

    private static void copy(Tensor from, Tensor to) {
        long length = Math.min(from.size(2), to.size(2));
        to.narrow(2, 0, length).copy_(from.narrow(2, 0, length));
    }

    /** Drops what stands first in every row; the length stays. */
    void shift(long first) {
        replace(tensor -> {
            Tensor shifted = placement.zeros(tensor.size(0), tensor.size(1), tensor.size(2), tensor.size(3));
            copy(tensor.narrow(2, first, tensor.size(2) - first), shifted);
            return shifted;
        });
    }

    @Override
    public void close() {
        for (Tensor tensor : tensors) {
            tensor.close();
        }
    }
}
