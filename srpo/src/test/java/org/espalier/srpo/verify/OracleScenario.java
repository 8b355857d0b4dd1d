package org.espalier.srpo.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.Progress;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/**
 * Every family's reference values, forward and backward, all objectives and the optimizer, on a pretended device and in
 * float64.
 */
public final class OracleScenario implements Runnable {
    private static final List<String> FAMILIES = List.of("qwen2_5_vl");

    @Override
    public void run() {
        Device pretended = new Device("pretended", Device.Kind.PRETENDED);
        for (String family : FAMILIES) {
            Path folder = Path.of(System.getProperty("espalier.root", ".."), "fixtures", family);
            for (Placement placement : List.of(
                    new Placement(pretended, Dtype.F32),
                    Placement.CPU.with(Dtype.F64),
                    new Placement(pretended, Dtype.F64))) {
                OracleReport report = OracleCheck.check(folder, placement, Progress.SILENT);
                assertThat(report.groups())
                        .allSatisfy(group -> assertThat(group.fault()).isEmpty());
                assertThat(report.agrees()).isTrue();
            }
        }
    }
}
