package org.espalier.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Java arrays into tensors and back, always by copying. A tensor made here belongs to the innermost open
 * {@code PointerScope} of the caller.
 */
public final class HostTensors {
    private HostTensors() {}

    /** A float32 tensor on the host with these values in row-major order. */
    public static Tensor of(float[] values, long... shape) {
        requireFit(values.length, Dtype.F32, shape);
        Tensor tensor = HostMemory.allocate(ScalarType.Float, shape);
        MemorySegment.copy(MemorySegment.ofArray(values), 0, HostMemory.bytes(tensor), 0, 4L * values.length);
        return tensor;
    }

    /** An int64 tensor on the host with these values in row-major order. */
    public static Tensor of(long[] values, long... shape) {
        requireFit(values.length, Dtype.I64, shape);
        Tensor tensor = HostMemory.allocate(ScalarType.Long, shape);
        MemorySegment.copy(MemorySegment.ofArray(values), 0, HostMemory.bytes(tensor), 0, 8L * values.length);
        return tensor;
    }

    /** The values in row-major order, converted to float32, whatever the kind, layout and device. */
    public static float[] floats(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor host = tensor.detach().cpu().to(ScalarType.Float).contiguous();
            float[] values = new float[count(host)];
            MemorySegment.copy(HostMemory.bytes(host), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
            return values;
        }
    }

    /** The values in row-major order, converted to int64 towards zero, whatever the kind, layout and device. */
    public static long[] longs(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor host = tensor.detach().cpu().to(ScalarType.Long).contiguous();
            long[] values = new long[count(host)];
            MemorySegment.copy(HostMemory.bytes(host), ValueLayout.JAVA_LONG, 0, values, 0, values.length);
            return values;
        }
    }

    private static int count(Tensor host) {
        long count = host.numel();
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a Java array cannot hold " + count + " values");
        }
        return (int) count;
    }

    private static void requireFit(int values, Dtype dtype, long[] shape) {
        List<Long> lengths = Arrays.stream(shape).boxed().toList();
        if (new TensorInfo(dtype, lengths).elements() != values) {
            throw new IllegalArgumentException(values + " values do not fill the shape " + lengths);
        }
    }
}
