package org.espalier.model.qwen;

import java.util.Set;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.RopeFrequencies;

/**
 * The sizes of the vision tower.
 *
 * @param frames frames of time in a patch; a picture is repeated to fill them
 * @param patch pixels per side of a patch
 * @param merge patches per side that become one token
 * @param window pixels per side inside which most layers attend
 * @param fullLayers layers that attend to the whole picture
 * @param gated see {@link QwenFamily#gated}
 * @param rope by what angles rows and columns turn the heads
 */
public record VisionShape(
        int depth,
        int hidden,
        int heads,
        int feedForward,
        int channels,
        int frames,
        int patch,
        int merge,
        int window,
        Set<Integer> fullLayers,
        int output,
        boolean gated,
        Activation activation,
        RopeFrequencies rope) {
    public VisionShape {
        fullLayers = Set.copyOf(fullLayers);
    }

    /** Numbers in a patch. */
    public int patchNumbers() {
        return channels * frames * patch * patch;
    }

    /** The width of what the merger takes. */
    int merged() {
        return hidden * merge * merge;
    }

    int headWidth() {
        return hidden / heads;
    }

    /** Tokens per side of a window. */
    int windowTokens() {
        return window / merge / patch;
    }
}
