package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.CudaCard;
import org.espalier.tensor.CudaDriver;
import org.espalier.tensor.CudaFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
    @TempDir
    private Path folder;

    @Test
    void findsLibtorch() throws InterruptedException {
        assertThat(of(Map.of()).findings())
                .filteredOn(finding -> finding.name().equals("libtorch"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(Finding.State.OK))
                .satisfies(finding -> assertThat(finding.text()).startsWith("2.10.0 with "));
    }

    @Test
    void aMachineWithoutAGpuIsNoWorse() {
        assertThat(Examination.gpus(new CudaFacts(true, false, List.of(), new CudaDriver.Absent())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(Finding.State.OK))
                .satisfies(finding -> assertThat(finding.text())
                        .startsWith("none that can be used: neither NVIDIA's driver (libcuda.so.1) nor"));
    }

    @Test
    void tellsEachGpuWithWhatIsInTheWay() {
        CudaDriver two = new CudaDriver.Ready(
                13_000,
                List.of(new CudaCard("NVIDIA H100", 80L << 30, 9, 0), new CudaCard("Tesla P100", 16L << 30, 6, 0)));
        assertThat(Examination.gpus(new CudaFacts(true, true, List.of(), two)))
                .extracting(finding -> finding.state() + " " + finding.text())
                .containsExactly(
                        "OK cuda:0, NVIDIA H100, 80.0 GiB, compute capability 9.0",
                        "HINT cuda:1, Tesla P100, 16.0 GiB, compute capability 6.0: the Tesla P100 is of compute"
                                + " capability 6.0, and libtorch's build has code for 7.5, 8.x, 9.x, 10.x and 12.x alone");
        assertThat(Examination.gpus(new CudaFacts(true, false, List.of(), two)))
                .first()
                .satisfies(finding -> assertThat(finding.text())
                        .endsWith("libtorch's CUDA build is not here: 'espalier setup --cuda' fetches it"));
        assertThat(Examination.gpus(new CudaFacts(true, true, List.of(), new CudaDriver.Absent())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(Finding.State.HINT));
    }

    @Test
    void hintsAtAChosenBlasKernel() {
        assertThat(of(Map.of("OPENBLAS_CORETYPE", "Haswell", "OMP_WAIT_POLICY", "passive"))
                        .speed())
                .filteredOn(finding -> finding.state() == Finding.State.HINT)
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).startsWith("OPENBLAS_CORETYPE=Haswell is set"));
    }

    @Test
    void hintsAtSpinningThreads() {
        assertThat(of(Map.of("OMP_WAIT_POLICY", "active")).speed())
                .anySatisfy(finding -> assertThat(finding.name()).isEqualTo("threads"));
    }

    @Test
    void looksAtTheDiskOfAFolderThatIsYetToBeMade() {
        assertThat(new Examination(Map.of(), folder.resolve("a/b"), false)
                        .disk()
                        .text())
                .contains("free for");
    }

    private Examination of(Map<String, String> environment) {
        return new Examination(environment, folder, false);
    }
}
