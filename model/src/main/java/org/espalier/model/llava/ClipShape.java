package org.espalier.model.llava;

import org.espalier.model.decoder.Activation;

/**
 * The sizes of a CLIP vision tower.
 *
 * @param image pixels per side of what it looks at
 * @param patch pixels per side of a patch
 */
record ClipShape(
        int depth,
        int hidden,
        int heads,
        int feedForward,
        int image,
        int patch,
        double normEpsilon,
        Activation activation) {
    /** Patches per side. */
    int side() {
        return image / patch;
    }

    int headWidth() {
        return hidden / heads;
    }
}
