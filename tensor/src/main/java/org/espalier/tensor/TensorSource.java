package org.espalier.tensor;

import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;

/** Named tensors that can be read one by one: one file, or a checkpoint of many. What is read belongs to the caller. Thread-safe. */
public interface TensorSource extends AutoCloseable {
    /** All names, in the order in which they are best read. */
    Set<String> names();

    /**
     * What the tensor of that name is.
     *
     * @throws InputException if there is none of that name
     */
    TensorInfo info(String name);

    /**
     * Copies one tensor into the host's memory, for {@link Placement#read} and {@link Placement#stored} to bring where it
     * is computed with. It outlives this source and belongs to the caller: the innermost open {@code PointerScope} frees it,
     * or its own {@code close}.
     *
     * @throws InputException if there is none of that name, or its kind of number is not one Espalier computes with
     */
    Tensor read(String name);

    /**
     * Copies one tensor into memory that is there, for {@link Placement#read(TensorSource, List, long...)}.
     *
     * @param into contiguous, on the host, of the stored tensor's type and as many numbers
     * @throws InputException as {@link #read(String)}
     */
    void read(String name, Tensor into);

    /** The values of one tensor, rounded to float32. */
    default float[] floats(String name) {
        try (Tensor tensor = read(name)) {
            return Placement.CPU.floats(tensor);
        }
    }

    /** The values of one tensor, towards zero. */
    default long[] longs(String name) {
        try (Tensor tensor = read(name)) {
            return Placement.CPU.longs(tensor);
        }
    }

    /** Closes the files; tensors already read stay. */
    @Override
    void close();
}
