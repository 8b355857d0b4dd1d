package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.espalier.tensor.CudaFacts;
import org.junit.jupiter.api.Test;

class SetupCommandTest {
    private final Typed espalier = new Typed();

    @Test
    void saysWhatItCouldBring() {
        assertThat(espalier.run("setup")).isEqualTo(2);
        assertThat(espalier.err()).contains("name one thing that is to be brought: --cuda, --mkl or --spark");
    }

    @Test
    void saysWhatItWouldFetchForGpus() {
        assumeTrue(CudaFacts.here().fits(), "there is a CUDA build for Linux on x86-64 alone");
        espalier.done("setup --cuda --dry-run");
        assertThat(espalier.out())
                .contains("Would fetch ", " files, ", "of disk: libtorch 2.10.0-1.5.13 for CUDA 13, in ")
                .contains("436.6 MiB  https://repo1.maven.org/maven2/org/bytedeco/pytorch/2.10.0-1.5.13/");
    }

    @Test
    void saysWhatItWouldFetchToMultiplyWith() {
        assumeTrue(CudaFacts.here().fits(), "MKL is fetched for Linux on x86-64 alone");
        espalier.done("setup --mkl --dry-run");
        assertThat(espalier.out())
                .contains("Would fetch 1 file, 152.1 MiB, of which 0 bytes are here", "MKL 2025.3-1.5.13, in ")
                .contains("https://repo1.maven.org/maven2/org/bytedeco/mkl/2025.3-1.5.13/");
    }
}
