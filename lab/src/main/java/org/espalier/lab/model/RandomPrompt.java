package org.espalier.lab.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.espalier.model.qwen.Grid;
import org.espalier.model.qwen.Patches;

/** A picture of noise and a query of random tokens after it. */
record RandomPrompt(int[] tokens, Patches picture) {
    public static RandomPrompt of(Size size, SplittableRandom random) {
        int side = size.side() / size.vision().patch();
        float[] pixels = new float[side * side * size.vision().patchNumbers()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        int merge = size.vision().merge();
        int seen = side * side / (merge * merge);
        int[] tokens = new int[seen + 2 + size.query()];
        Arrays.fill(tokens, size.config().imageToken());
        tokens[0] = size.frameToken();
        tokens[seen + 1] = size.frameToken() + 1;
        System.arraycopy(size.words(size.query(), random), 0, tokens, seen + 2, size.query());
        return new RandomPrompt(tokens, new Patches(pixels, new Grid(1, side, side), merge));
    }
}
