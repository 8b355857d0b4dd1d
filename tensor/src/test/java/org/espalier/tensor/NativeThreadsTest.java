package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {
    private static final int BEFORE = Libtorch.load().threads();

    @Test
    void workIsKeptOnOneThreadUntilItIsClosed() {
        try (NativeThreads outer = NativeThreads.single()) {
            assertThat(torch.get_num_threads()).isEqualTo(1);
            try (NativeThreads inner = NativeThreads.suited(false, ScalarType.Float)) {
                assertThat(torch.get_num_threads()).isEqualTo(1);
            }
            assertThat(torch.get_num_threads()).isEqualTo(1);
        }

        assertThat(torch.get_num_threads()).isEqualTo(BEFORE);
    }

    @Test
    void smallProductsHaveOneThread() {
        try (NativeThreads threads = NativeThreads.suited(true, ScalarType.Float)) {
            assertThat(torch.get_num_threads()).isEqualTo(1);
        }
        assertThat(torch.get_num_threads()).isEqualTo(BEFORE);
    }

    @Test
    void halfWidthProductsLeaveOpenBlasOneThread() {
        int before = NativeThreads.blasThreads();
        try (NativeThreads threads = NativeThreads.suited(false, ScalarType.BFloat16)) {
            assertThat(torch.get_num_threads()).isEqualTo(BEFORE);
            assertThat(NativeThreads.blasThreads()).isEqualTo(1);
        }
        assertThat(NativeThreads.blasThreads()).isEqualTo(before);
    }
}
