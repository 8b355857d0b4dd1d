package org.espalier.tensor.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What calls into libtorch do, told by their signatures: the same for the checker and for the rules over all classes.
 *
 * @param owner name of the class, with dots
 * @param parameters names of the parameters' types
 * @param result name of the result's type
 */
public record TensorCalls(String owner, String name, List<String> parameters, String result, boolean isStatic) {
    /** Where libtorch's bindings are. */
    public static final String BINDINGS = "org.bytedeco.pytorch.";

    private static final String TENSOR = BINDINGS + "Tensor";

    /** What is known of a tensor without its numbers. */
    private static final Set<String> METADATA = Set.of(
            "size",
            "sizes",
            "stride",
            "strides",
            "storage_offset",
            "dim",
            "ndimension",
            "numel",
            "nbytes",
            "element_size",
            "itemsize",
            "scalar_type",
            "dtype",
            "device",
            "layout",
            "defined",
            "requires_grad",
            "is_contiguous",
            "is_cpu",
            "is_cuda",
            "is_floating_point",
            "is_complex",
            "is_leaf",
            "is_same_size");

    /** What every native object has. */
    private static final Set<String> HANDLE = Set.of(
            "close",
            "retainReference",
            "releaseReference",
            "referenceCount",
            "deallocate",
            "isNull",
            "address",
            "position",
            "limit",
            "capacity",
            "equals",
            "hashCode",
            "reset",
            "intern");

    private static final Set<String> READS = Set.of(
            "item",
            "cpu",
            "cuda",
            "data_ptr",
            "mutable_data_ptr",
            "const_data_ptr",
            "unsafeGetTensorImpl",
            "storage",
            "createIndexer",
            "createBuffer",
            "asBuffer",
            "asByteBuffer",
            "print",
            "toString");

    private static final Set<String> MOVERS =
            Set.of(BINDINGS + "Device", BINDINGS + "DeviceOptional", BINDINGS + "TensorOptions", BINDINGS + "TypeMeta");

    public TensorCalls {
        parameters = List.copyOf(parameters);
    }

    /** Whether it does nothing to numbers, but handles the native object itself. */
    public boolean handles() {
        return HANDLE.contains(name) && !isStatic;
    }

    /** Whether it makes a tensor out of none, and so on the host and in a type of its own choice. */
    public boolean creates() {
        return isStatic && result.equals(TENSOR) && parameters.stream().noneMatch(TensorCalls::holdsTensors);
    }

    /** Whether numbers of a tensor come to Java by it, or it moves a tensor to another device. */
    public boolean readsBack() {
        boolean ofTensor = isStatic
                ? parameters.stream().anyMatch(TensorCalls::holdsTensors)
                : owner.equals(TENSOR) || owner.equals(BINDINGS + "TensorBase");
        if (!ofTensor || METADATA.contains(name) || handles()) {
            return false;
        }
        boolean moves =
                name.equals("to") && Stream.of(parameters).flatMap(List::stream).anyMatch(MOVERS::contains);
        boolean primitive = !result.contains(".") && !result.equals("void");
        return moves || primitive || READS.contains(name) || result.endsWith("Scalar") || result.endsWith("String");
    }

    private static boolean holdsTensors(String type) {
        return type.startsWith(BINDINGS)
                && (type.contains("Tensor") || type.endsWith("IValue") || type.endsWith("IValueVector"))
                && !type.endsWith("TensorOptions");
    }

    /** As it stands in a message. */
    @Override
    public String toString() {
        return owner.substring(owner.lastIndexOf('.') + 1) + "." + name;
    }
}
