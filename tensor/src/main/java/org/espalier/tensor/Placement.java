package org.espalier.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where tensors lie and of which type their numbers are. Everything that is computed with is made through a placement and
 * read back through it. A tensor made here belongs to the innermost open {@code PointerScope} of the caller.
 *
 * @param type of numbers; indices are int64 everywhere
 */
public record Placement(Device device, Dtype type) {
    /** The processor, in float32. */
    public static final Placement CPU = new Placement(Device.CPU, Dtype.F32);

    public Placement {
        if (!type.isComputed()) {
            throw new IllegalArgumentException("Espalier does not compute in " + type);
        }
    }

    /** The type as libtorch calls it. */
    public ScalarType scalarType() {
        return type.scalarType().orElseThrow();
    }

    /** The same device with another type. */
    public Placement with(Dtype other) {
        return other == type ? this : new Placement(device, other);
    }

    /**
     * The same device with the type of everything that is added up over many numbers: normalisers, log-probabilities,
     * gradients, the parameters that are trained. Float32, or float64 where everything is.
     */
    public Placement wide() {
        return with(type == Dtype.F64 ? Dtype.F64 : Dtype.F32);
    }

    /**
     * A stored tensor, its numbers converted to this type.
     *
     * @throws org.espalier.core.InputException as {@link TensorSource#read}
     */
    public Tensor read(TensorSource source, String name) {
        Tensor tensor = source.read(name);
        return source.info(name).dtype() == Dtype.I64 ? tensor : tensor.to(scalarType());
    }

    /** Numbers of this type, in row-major order. */
    public Tensor numbers(float[] values, long... shape) {
        Tensor tensor = HostTensors.of(values, shape);
        return type == Dtype.F32 ? tensor : tensor.to(scalarType());
    }

    /** Whole numbers, in row-major order: ids, places, lengths. */
    public Tensor indices(long[] values, long... shape) {
        return HostTensors.of(values, shape);
    }

    /** The values in row-major order, rounded to float32. */
    public float[] floats(Tensor tensor) {
        return HostTensors.floats(tensor);
    }

    /** The values in row-major order, towards zero. */
    public long[] longs(Tensor tensor) {
        return HostTensors.longs(tensor);
    }
}
