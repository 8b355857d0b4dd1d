package org.espalier.srpo.verify;

import java.nio.file.Path;
import java.util.TreeMap;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.PictureInput;

/** The processor's output: equal as 8-bit pixels, and close after normalisation. */
record PictureCheck(Expected expected, ModelFolder model) {
    /** After normalisation only the last rounding may differ. */
    private static final double TOLERANCE = 1e-6;

    TreeMap<Integer, PictureInput> check(Path folder) {
        TreeMap<Integer, PictureInput> pictures = new TreeMap<>();
        OracleCheck.images(folder).forEach((number, image) -> {
            PictureInput picture = model.picture(image);
            pictures.put(number, picture);
            picture.sizes()
                    .forEach((name, sizes) ->
                            expected.equal("processor.grid", "processor." + name + "." + number, sizes));
            String key = "processor.pixel_values." + number;
            if (!expected.lacks(key)) {
                eightBit(key, picture.values());
                expected.close("processor.pixels", key, picture.values(), TOLERANCE);
            }
        });
        return pictures;
    }

    private void eightBit(String key, float[] actual) {
        float[] wanted = expected.floats(key);
        String fault = wanted.length == actual.length ? "" : "another number of values";
        double largest = 0;
        long[] ours = model.images().samples(actual);
        long[] theirs = model.images().samples(wanted);
        for (int i = 0; fault.isEmpty() && i < wanted.length; i++) {
            if (ours[i] != theirs[i]) {
                largest = Math.abs(ours[i] - theirs[i]);
                fault = "pixel " + i + " is " + ours[i] + ", expected " + theirs[i];
            }
        }
        expected.tally("processor.8-bit", key, largest, 0, fault);
    }
}
