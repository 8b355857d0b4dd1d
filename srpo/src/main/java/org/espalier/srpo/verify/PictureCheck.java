package org.espalier.srpo.verify;

import java.nio.file.Path;
import java.util.TreeMap;
import org.espalier.model.picture.Patches;
import org.espalier.model.picture.PreprocessorConfig;
import org.espalier.model.picture.QwenImageProcessor;

/** The processor's output: equal as 8-bit pixels, and close after normalisation. */
record PictureCheck(Expected expected, QwenImageProcessor processor) {
    /** After normalisation only the last rounding may differ. */
    private static final double TOLERANCE = 1e-6;

    TreeMap<Integer, Patches> check(Path folder) {
        TreeMap<Integer, Patches> pictures = new TreeMap<>();
        OracleCheck.images(folder).forEach((number, image) -> {
            Patches patches = OracleCheck.process(processor, image);
            pictures.put(number, patches);
            expected.equal("processor.grid", "processor.grid_thw." + number, new long[] {
                patches.temporal(), patches.height(), patches.width()
            });
            String key = "processor.pixel_values." + number;
            if (!expected.lacks(key)) {
                eightBit(key, patches.values());
                expected.close("processor.pixels", key, patches.values(), TOLERANCE);
            }
        });
        return pictures;
    }

    private void eightBit(String key, float[] actual) {
        float[] wanted = expected.floats(key);
        PreprocessorConfig config = processor.config();
        int plane = config.patchSize() * config.patchSize() * config.temporalPatchSize();
        String fault = wanted.length == actual.length ? "" : "another number of values";
        double largest = 0;
        for (int i = 0; fault.isEmpty() && i < wanted.length; i++) {
            int channel = i / plane % 3;
            double mean = config.mean().get(channel);
            double std = config.std().get(channel);
            long a = Math.round((actual[i] * std + mean) / config.rescaleFactor());
            long e = Math.round((wanted[i] * std + mean) / config.rescaleFactor());
            if (a != e) {
                largest = Math.abs(a - e);
                fault = "pixel " + i + " is " + a + ", expected " + e;
            }
        }
        expected.tally("processor.8-bit", key, largest, 0, fault);
    }
}
