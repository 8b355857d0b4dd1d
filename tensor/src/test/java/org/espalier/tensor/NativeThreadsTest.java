package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {
    @Test
    void workIsKeptOnOneThreadUntilItIsClosed() {
        int before = Libtorch.load().threads();

        try (NativeThreads outer = NativeThreads.singleIf(true)) {
            assertThat(torch.get_num_threads()).isEqualTo(1);
            try (NativeThreads inner = NativeThreads.singleIf(false)) {
                assertThat(torch.get_num_threads()).isEqualTo(1);
            }
            assertThat(torch.get_num_threads()).isEqualTo(1);
        }

        assertThat(torch.get_num_threads()).isEqualTo(before);
    }
}
