package org.espalier.tensor;

import java.util.List;

/** Tells a tensor for which there was no memory from other failures: libtorch throws all of them as the same class. */
public final class OutOfMemory {
    /** What a GPU's allocator says, and what the processor's two do. */
    private static final List<String> WORDS =
            List.of("out of memory", "can't allocate memory", "not enough memory", "CUBLAS_STATUS_ALLOC_FAILED");

    private OutOfMemory() {}

    /** Whether it was that. */
    public static boolean is(RuntimeException thrown) {
        String said = String.valueOf(thrown.getMessage());
        return WORDS.stream().anyMatch(said::contains);
    }
}
