package org.espalier.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.SurroundingsException;

/** The bytes below a tensor on the host. */
final class HostMemory {
    private HostMemory() {}

    /** A new contiguous tensor with undefined content, which belongs to the caller's innermost scope. */
    static Tensor allocate(ScalarType type, long... shape) {
        Libtorch.load();
        try (TensorOptions options = torch.dtype(type);
                MemoryFormatOptional format = new MemoryFormatOptional()) {
            return torch.empty(shape, options, format);
        } catch (RuntimeException e) {
            // The shape has been checked by the callers, so that memory is all that can be lacking.
            throw new SurroundingsException(
                    "there is not enough memory for a tensor of shape " + Arrays.toString(shape)
                            + ": close other programs or take a smaller model",
                    e);
        }
    }

    /** The bytes of a contiguous tensor on the host; to be used only while the tensor is open. */
    static MemorySegment bytes(Tensor tensor) {
        long size = tensor.nbytes();
        return size == 0
                ? MemorySegment.NULL
                : MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(size);
    }
}
