package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;

class BlasTest {
    @Test
    void isNamedAsAUserWritesIt() {
        assertThat(Blas.named("openblas")).isEqualTo(Blas.OPENBLAS);
        assertThat(Blas.named("mkl")).isEqualTo(Blas.MKL);
        assertThatThrownBy(() -> Blas.named("MKL")).isInstanceOf(InputException.class);
    }

    @Test
    void theVersionIsFoundInWhatALibrarySaysOfItself() {
        assertThat(Blas.version("OpenBLAS", "OpenBLAS 0.3.31  DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64"))
                .isEqualTo("OpenBLAS 0.3.31");
        assertThat(Blas.version("MKL", "Intel(R) oneAPI Math Kernel Library Version 2025.3-Product Build 20251007"))
                .isEqualTo("MKL 2025.3");
        assertThat(Blas.version("MKL", "nothing")).isEqualTo("MKL");
    }

    @Test
    void theLoadedOneSaysWhatItIs() {
        assertThat(Libtorch.load().blas()).startsWith(Blas.chosen().title());
    }
}
