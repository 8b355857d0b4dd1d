package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;

/** Hashes of what a run reads. */
final class Inputs {
    private Inputs() {}

    /** The data file and the pictures it names. */
    static void data(RunPlan.Builder plan, Path file, List<SsuiSample> samples) {
        plan.input("data", file);
        StringBuilder hashes = new StringBuilder();
        samples.stream()
                .map(sample -> sample.question().image())
                .distinct()
                .forEach(picture -> hashes.append(Sha256.of(picture)).append('\n'));
        Path folder = file.toAbsolutePath().getParent();
        plan.input("pictures", folder == null ? file : folder, Sha256.of(hashes.toString()));
    }
}
