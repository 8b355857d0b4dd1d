package org.espalier.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a stored tensor is, without its numbers.
 *
 * @param shape lengths of its dimensions, none negative; empty for a single number
 */
public record TensorInfo(Dtype dtype, List<Long> shape) {
    public TensorInfo {
        shape = List.copyOf(shape);
        for (long length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("a dimension cannot have the length " + length);
            }
        }
    }

    /**
     * What a tensor is, on whatever device.
     *
     * @throws IllegalArgumentException if it is of a kind Espalier does not compute with
     */
    public static TensorInfo of(Tensor tensor) {
        ScalarType type = tensor.scalar_type();
        Dtype dtype = Dtype.of(type)
                .orElseThrow(() -> new IllegalArgumentException("tensors of the kind " + type.intern()
                        + " are not used here: convert to F32, F64, BF16, F16 or I64"));
        List<Long> shape = new ArrayList<>();
        for (long i = 0; i < tensor.dim(); i++) {
            shape.add(tensor.size(i));
        }
        return new TensorInfo(dtype, shape);
    }

    /**
     * How many numbers it holds.
     *
     * @throws ArithmeticException if its lengths other than 0 multiply to more than 63 bits
     */
    public long elements() {
        long product = 1;
        boolean none = false;
        for (long length : shape) {
            none |= length == 0;
            product = Math.multiplyExact(product, Math.max(1, length));
        }
        return none ? 0 : product;
    }

    /**
     * How many bits it takes in a file.
     *
     * @throws ArithmeticException if they do not fit in 63 bits
     */
    long bits() {
        return Math.multiplyExact(elements(), (long) dtype.bits());
    }

    /** Its shape as libtorch takes it. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
