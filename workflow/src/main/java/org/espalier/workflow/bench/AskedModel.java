package org.espalier.workflow.bench;

import java.util.List;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.ChatModel;
import org.espalier.core.Sampling;
import org.espalier.model.GenerationDefaults;
import org.espalier.model.generate.LocalModel;
import org.espalier.tensor.Device;

/**
 * A checkpoint that is measured, open. Nothing but this class brings libtorch into a measurement.
 *
 * @param sampling as the settings want it, the model's own where they say so
 */
record AskedModel(LocalModel local, Sampling sampling) implements AutoCloseable {
    static AskedModel open(MeasuredModel.Local subject, BenchSettings settings, int maxTokens, long seed) {
        // First what is soon said to be wrong, then the weights.
        Sampling sampling = sampling(subject, settings, maxTokens, seed);
        return new AskedModel(LocalModel.open(subject.model(), subject.adapter(), Device.CPU), sampling);
    }

    /** @throws org.espalier.core.InputException if the model's own settings are wanted and not computed here */
    static Sampling sampling(MeasuredModel.Local subject, BenchSettings settings, int maxTokens, long seed) {
        return settings.decoding() == BenchSettings.Decoding.MODEL
                ? GenerationDefaults.read(subject.model()).sampling(maxTokens, List.of(), seed)
                : MeasuredModel.sampling(settings, maxTokens, seed);
    }

    ChatModel model() {
        return local;
    }

    @Override
    public void close() {
        local.close();
    }
}
