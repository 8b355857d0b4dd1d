package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.espalier.tensor.CudaFacts;
import org.espalier.workflow.setup.NativePart;
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
                .contains("436.6 MiB  "
                        + NativePart.shelf().cuda().getFirst().file().address());
    }

    @Test
    void saysWhatItWouldFetchToMultiplyWith() {
        assumeTrue(CudaFacts.here().fits(), "MKL is fetched for Linux on x86-64 alone");
        espalier.done("setup --mkl --dry-run");
        assertThat(espalier.out())
                .contains("Would fetch 1 file, 152.1 MiB, of which 0 bytes are here", "MKL 2025.3-1.5.13, in ")
                .contains("/org/bytedeco/mkl/2025.3-1.5.13/");
    }

    @Test
    void fetchesFromAMirror() {
        assumeTrue(CudaFacts.here().fits(), "MKL is fetched for Linux on x86-64 alone");
        String place = NativePart.shelf().mkl().getFirst().file().address().toString();
        String start = place.substring(0, place.indexOf("/org/"));

        espalier.done("setup --mkl --dry-run --mirror", start + "=http://127.0.0.1:9/central");
        assertThat(espalier.out())
                .contains("http://127.0.0.1:9/central/org/bytedeco/mkl/")
                .doesNotContain(start);
        assertThat(espalier.run("setup --mkl --dry-run --mirror https://nowhere.example=https://x.example"))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("no file comes from https://nowhere.example");
        assertThat(espalier.run("setup --mkl --dry-run --mirror", start + "=central"))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("the mirror 'central' is no address");
        assertThat(espalier.run("setup --spark --mirror a=b")).isEqualTo(2);
        assertThat(espalier.err()).contains("--mirror is for --cuda and --mkl");
    }
}
