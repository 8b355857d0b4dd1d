package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
    @TempDir
    private Path folder;

    @Test
    void findsLibtorch() {
        assertThat(of(Map.of()).findings())
                .filteredOn(finding -> finding.name().equals("libtorch"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(Finding.State.OK))
                .satisfies(finding -> assertThat(finding.text()).startsWith("2.10.0 with "));
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
        assertThat(new Examination(Map.of(), folder.resolve("a/b")).disk().text())
                .contains("free for");
    }

    private Examination of(Map<String, String> environment) {
        return new Examination(environment, folder);
    }
}
