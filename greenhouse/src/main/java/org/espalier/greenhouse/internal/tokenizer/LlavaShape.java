package org.espalier.greenhouse.internal.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sizes of a base model: LLaVA-NeXT with LLaMA 3 in small, about a million numbers. A picture of the greenhouse takes the
 * first of its canvases. The Python library counts a picture's tokens by {@code processor_config.json}; the class token
 * counts first and is taken off again. Its conversations have no introduction, which would cost a small model more than it
 * says.
 *
 * @param layers decoder layers
 * @param width of the decoder; a multiple of {@code heads}
 * @param feedForward width inside a decoder layer
 * @param visionLayers all of them are looked through: in so small a tower the last knows most
 * @param tile pixels per side; a picture of the greenhouse fills one, seen as a whole and once more on its canvas
 * @param patch pixels per side of what becomes one token: an object of the greenhouse is about as large
 */
public record LlavaShape(
        int layers,
        int width,
        int heads,
        int keyValueHeads,
        int feedForward,
        int visionLayers,
        int visionWidth,
        int visionHeads,
        int visionFeedForward,
        int tile,
        int patch)
        implements BaseShape {
    /** The shape that {@code greenhouse grow} makes. */
    public static final LlavaShape DEFAULT = new LlavaShape(3, 128, 4, 2, 256, 2, 96, 4, 192, 112, 28);

    @Override
    public String modelType() {
        return "llava_next";
    }

    @Override
    public String family() {
        return "LLaVA-NeXT";
    }

    @Override
    public int lookingSteps() {
        return 1100;
    }

    @Override
    public int stepsAMinute() {
        return 132;
    }

    @Override
    public SpecialTokens special() {
        return SpecialTokens.LLAMA3;
    }

    @Override
    public List<String> files() {
        return Stream.concat(BaseShape.super.files().stream(), Stream.of("processor_config.json"))
                .toList();
    }

    @Override
    public Map<String, Integer> derived() {
        return Map.of("two_tiles", 2 * tile);
    }
}
