package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
    @Test
    void isToldFromOtherFailuresOfTheLibrary() {
        try (PointerScope scope = new PointerScope()) {
            Tensor one = Placement.CPU.zeros(1, 1);
            RuntimeException huge = catchThrowableOfType(
                    RuntimeException.class, () -> one.expand(1L << 24, 1L << 24).contiguous());
            assertThat(OutOfMemory.is(huge)).isTrue();
            RuntimeException unfit = catchThrowableOfType(RuntimeException.class, () -> one.view(3));
            assertThat(OutOfMemory.is(unfit)).isFalse();
        }
    }

    @Test
    void knowsTheWordsOfAGpu() {
        // As c10::OutOfMemoryError has them, of CUDACachingAllocator.cpp.
        assertThat(OutOfMemory.is(
                        new RuntimeException("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total"
                                + " capacity of 79.10 GiB of which 1.02 GiB is free.")))
                .isTrue();
        assertThat(OutOfMemory.is(new RuntimeException("CUDA error: an illegal memory access was encountered")))
                .isFalse();
        assertThat(OutOfMemory.is(new RuntimeException())).isFalse();
    }
}
