package org.espalier.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.Progress;
import org.espalier.model.ModelFamilies;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.ModelFamily;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/**
 * Every family's reference values, forward and backward, all objectives and the optimizer: on a pretended device in float64
 * and in float32, and in float64 with what is the processor's own.
 */
public final class OracleScenario implements Runnable {
    @Override
    public void run() {
        for (ModelFamily family : ModelFamilies.known()) {
            Path folder = Path.of(System.getProperty("espalier.root", ".."), "fixtures", family.modelType());
            Device pretended = new Device("pretended", Device.Kind.PRETENDED);
            assertThat(OracleCheck.check(folder, pretended, Progress.SILENT).agrees())
                    .isTrue();
            try (OracleFile file = OracleFile.open(folder)) {
                List<ComputedValue> exact = new OracleCheck(ModelFolder.open(folder), file)
                        .values(Placement.CPU.with(Dtype.F64), 0, Progress.SILENT);
                assertThat(new Comparison(file, exact, exact)
                                .report(file.given())
                                .groups())
                        .hasSizeGreaterThanOrEqualTo(24)
                        .allSatisfy(group -> assertThat(group.ofRule()).isLessThan(100));
            }
        }
    }
}
