package org.espalier.greenhouse.internal.tokenizer;

import java.util.Map;

/**
 * The sizes of a base model: Qwen2.5-VL in small, about a million numbers. Where a figure is not free it says why. Its
 * configuration is laid out flat, as Qwen2.5-VL was published; its processor is the published one, but that a picture of 112 by
 * 112 pixels stays as it is: 64 patches, 16 tokens.
 *
 * @param layers decoder layers
 * @param width of the decoder; a multiple of {@code heads}
 * @param feedForward width inside a decoder layer
 * @param visionLayers the last one sees the whole picture, the others windows (of 112 pixels: also all of it)
 */
public record QwenShape(
        int layers,
        int width,
        int heads,
        int keyValueHeads,
        int feedForward,
        int visionLayers,
        int visionWidth,
        int visionHeads,
        int visionFeedForward)
        implements BaseShape {
    /** The shape that {@code greenhouse grow} makes. */
    public static final QwenShape DEFAULT = new QwenShape(3, 128, 4, 2, 256, 2, 96, 4, 192);

    @Override
    public String modelType() {
        return "qwen2_5_vl";
    }

    @Override
    public String family() {
        return "Qwen2.5-VL";
    }

    @Override
    public int lookingSteps() {
        return 300;
    }

    @Override
    public int stepsAMinute() {
        return 126;
    }

    @Override
    public SpecialTokens special() {
        return SpecialTokens.QWEN;
    }

    @Override
    public Map<String, Integer> derived() {
        // Time, height and width share half a head: a quarter, and three eighths each, as in the published models.
        int half = width / heads / 2;
        return Map.of("time", half / 4, "space", half * 3 / 8, "last_vision_layer", visionLayers - 1);
    }
}
