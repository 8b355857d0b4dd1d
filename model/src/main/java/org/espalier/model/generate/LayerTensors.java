package org.espalier.model.generate;

import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.Scope;

/** One tensor {@code [rows, keyValueHeads, length, width]} a layer, owned. */
final class LayerTensors implements AutoCloseable {
    private final Tensor[] tensors;

    private LayerTensors(Tensor[] tensors) {
        this.tensors = tensors;
    }

    static LayerTensors empty(TextShape shape, ScalarType type, long rows, long length) {
        Tensor[] tensors = new Tensor[shape.layers()];
        for (int layer = 0; layer < tensors.length; layer++) {
            tensors[layer] =
                    Scope.own(Scope.keeping(() -> empty(type, rows, shape.keyValueHeads(), length, shape.headWidth())));
        }
        return new LayerTensors(tensors);
    }

    private static Tensor empty(ScalarType type, long... shape) {
        return zeros(shape, new TensorOptions(type));
    }

    Tensor of(int layer) {
        return tensors[layer];
    }

    /** Puts something else in the place of each, one after the other, so that little is held twice. */
    void replace(UnaryOperator<Tensor> change) {
        for (int layer = 0; layer < tensors.length; layer++) {
            Tensor old = tensors[layer];
            tensors[layer] = Scope.own(Scope.keeping(() -> change.apply(old)));
            old.close();
        }
    }

    /** Some rows of a tensor. */
    static Tensor rows(Tensor tensor, long[] rows) {
        return tensor.index_select(0, HostTensors.of(rows, rows.length));
    }

    /** The tensor with room for another length; what is there up to {@code filled} stays. */
    static Tensor longer(Tensor tensor, long filled, long length) {
        Tensor roomy = empty(tensor.scalar_type(), tensor.size(0), tensor.size(1), length, tensor.size(3));
        roomy.narrow(2, 0, filled).copy_(tensor.narrow(2, 0, filled));
        return roomy;
    }

    @Override
    public void close() {
        for (Tensor tensor : tensors) {
            tensor.close();
        }
    }
}
