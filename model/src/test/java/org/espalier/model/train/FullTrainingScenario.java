package org.espalier.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.model.lora.AdamW;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/** Steps of training all weights, saved and resumed, on a pretended device and in float64: the processor's losses. */
public final class FullTrainingScenario implements Runnable {
    private static final AdamW.Settings SETTINGS = new AdamW.Settings(0.9, 0.98, 1e-8, 0.01, 1);

    @Override
    public void run() {
        try {
            Path folder = Files.createTempDirectory("espalier-training");
            FullTrainingTest.write(folder, 16);
            double[] expected = losses(folder, Placement.CPU);
            Device pretended = new Device("pretended", Device.Kind.PRETENDED);
            for (Placement placement : List.of(
                    new Placement(pretended, Dtype.F32),
                    Placement.CPU.with(Dtype.F64),
                    new Placement(pretended, Dtype.F64))) {
                assertThat(losses(folder, placement)).containsExactly(expected, within(1e-4));
            }
            for (String file : List.of("config.json", "state.safetensors", "model.safetensors")) {
                Files.delete(folder.resolve(file));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] losses(Path folder, Placement placement) {
        Path state = folder.resolve("state.safetensors");
        var model = org.espalier.model.ModelFolder.open(folder);
        try (FullTraining first = FullTraining.begin(model, placement, 4, SETTINGS);
                FullTraining resumed = FullTraining.begin(model, placement, 5, SETTINGS)) {
            first.step(FullTrainingTest.EXAMPLES, 1e-2);
            first.restartOptimizer();
            first.step(FullTrainingTest.EXAMPLES, 1e-2);
            first.save(state);
            first.writeModel(folder.resolve("model.safetensors"));
            resumed.restore(state);
            return resumed.step(FullTrainingTest.EXAMPLES, 1e-2);
        }
    }
}
