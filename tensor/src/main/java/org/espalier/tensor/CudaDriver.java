package org.espalier.tensor;

import java.util.List;

/** What NVIDIA's driver says of this machine. */
public sealed interface CudaDriver {
    /** There is none, or none that this process can see. */
    record Absent() implements CudaDriver {}

    /**
     * It is there and does not work.
     *
     * @param code the driver's own, of {@code CUresult}
     */
    record Failing(int code) implements CudaDriver {}

    /**
     * It works.
     *
     * @param version the newest CUDA that it is for: 1000 times the first number and 10 times the second
     * @param cards those that this process may use, in the order of their numbers
     */
    record Ready(int version, List<CudaCard> cards) implements CudaDriver {
        public Ready {
            cards = List.copyOf(cards);
        }
    }
}
