package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CudaFactsTest {
    private static final CudaCard H100 = new CudaCard("NVIDIA H100 80GB HBM3", 85_000_000_000L, 9, 0);

    @Test
    void nothingIsInTheWayWhereAllIsThere() {
        assertThat(facts(true, List.of(), ready(13_000, H100)).obstacle(0)).isEmpty();
        assertThat(facts(true, List.of(), ready(13_010, H100, H100)).obstacle(1))
                .isEmpty();
    }

    @Test
    void anotherKindOfMachineHasNoBuild() {
        CudaFacts mac = new CudaFacts(false, false, List.of(), new CudaDriver.Absent());
        assertThat(mac.obstacle(0)).hasValue("libtorch has a CUDA build for Linux on x86-64 alone");
    }

    @Test
    void theBuildIsFetchedWhereThereIsACardForIt() {
        assertThat(facts(false, List.of(), ready(13_000, H100)).obstacle(0))
                .hasValue("libtorch's CUDA build is not here: 'espalier setup --cuda' fetches it");
    }

    @Test
    void nobodyIsToldToFetchGigabytesWithoutADriver() {
        assertThat(facts(false, List.of("libcudart.so.13"), new CudaDriver.Absent())
                        .obstacle(0))
                .hasValue(
                        "neither NVIDIA's driver (libcuda.so.1) nor libtorch's CUDA build is here: install the driver,"
                                + " 580 or newer, then 'espalier setup --cuda' fetches the build");
        assertThat(facts(true, List.of(), new CudaDriver.Absent()).obstacle(0))
                .hasValue("NVIDIA's driver (libcuda.so.1) is not here: install it, 580 or newer, or start the container"
                        + " so that it has its GPUs");
    }

    @Test
    void aDriverWithoutACardSaysSo() {
        String noCard =
                "NVIDIA's driver finds no GPU: see what nvidia-smi lists, and whether CUDA_VISIBLE_DEVICES hides it";
        assertThat(facts(true, List.of(), new CudaDriver.Failing(100)).obstacle(0))
                .hasValue(noCard);
        assertThat(facts(true, List.of(), ready(13_000)).obstacle(0)).hasValue(noCard);
        assertThat(facts(false, List.of(), ready(13_000)).obstacle(0)).hasValue(noCard);
    }

    @Test
    void aDriverThatFailsIsToldByItsError() {
        assertThat(facts(true, List.of(), new CudaDriver.Failing(999)).obstacle(0))
                .hasValue("NVIDIA's driver does not work (its error 999): see what nvidia-smi says");
        assertThat(facts(true, List.of(), new CudaDriver.Failing(803)).obstacle(0))
                .hasValue(
                        "NVIDIA's driver and its part of the kernel are of different versions: start the machine anew");
    }

    @Test
    void anOldDriverIsToldWithWhatItIsFor() {
        assertThat(facts(true, List.of(), ready(12_040, H100)).obstacle(0))
                .hasValue(
                        "NVIDIA's driver is for CUDA 12.4, and libtorch's build needs 13.0: update the driver to 580 or"
                                + " newer");
    }

    @Test
    void aNumberBeyondTheLastIsToldWithThoseThatThereAre() {
        assertThat(facts(true, List.of(), ready(13_000, H100)).obstacle(1)).hasValue("there is one GPU, cuda:0");
        assertThat(facts(true, List.of(), ready(13_000, H100, H100)).obstacle(2))
                .hasValue("there are 2 GPUs, cuda:0 to cuda:1");
    }

    @Test
    void aCardThatTheBuildHasNoCodeForIsToldByItsCapability() {
        assertThat(facts(true, List.of(), ready(13_000, new CudaCard("Tesla P100", 1, 6, 0)))
                        .obstacle(0))
                .hasValue(
                        "the Tesla P100 is of compute capability 6.0, and libtorch's build has code for 7.5, 8.x, 9.x,"
                                + " 10.x and 12.x alone");
        // What the build has code for, and what runs the code of an earlier one of its kind.
        for (int[] sound : new int[][] {{7, 5}, {8, 0}, {8, 6}, {8, 9}, {9, 0}, {10, 0}, {10, 3}, {12, 0}, {12, 1}}) {
            CudaCard card = new CudaCard("some", 1, sound[0], sound[1]);
            assertThat(facts(true, List.of(), ready(13_000, card)).obstacle(0)).isEmpty();
        }
        for (int[] other : new int[][] {{7, 0}, {7, 2}, {11, 0}, {13, 0}}) {
            CudaCard card = new CudaCard("some", 1, other[0], other[1]);
            assertThat(facts(true, List.of(), ready(13_000, card)).obstacle(0)).isPresent();
        }
    }

    @Test
    void librariesThatAreMissingAreNamed() {
        assertThat(facts(true, List.of("libcudart.so.13", "libcudnn.so.9"), ready(13_000, H100))
                        .obstacle(0))
                .hasValue(
                        "of CUDA's own libraries libcudart.so.13, libcudnn.so.9 are not found: 'espalier setup --cuda'"
                                + " fetches them, or name their folder in LD_LIBRARY_PATH");
    }

    @Test
    void aLibraryThatIsNoDriverIsAnOldOne() {
        assertThat(CudaDriverCalls.in("libc.so.6")).isEqualTo(new CudaDriver.Ready(0, List.of()));
        assertThat(CudaDriverCalls.in("libnobody-has-this.so.1")).isEqualTo(new CudaDriver.Absent());
    }

    private static CudaFacts facts(boolean build, List<String> missing, CudaDriver driver) {
        return new CudaFacts(true, build, missing, driver);
    }

    private static CudaDriver ready(int version, CudaCard... cards) {
        return new CudaDriver.Ready(version, List.of(cards));
    }
}
