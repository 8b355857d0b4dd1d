package org.espalier.model.llava;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.family.PixelBounds;
import org.espalier.model.family.PreprocessorFields;
import org.espalier.picture.PictureSize;

/**
 * What {@code config.json} says of a LLaVA-NeXT.
 *
 * @param canvases {@code image_grid_pinpoints}
 * @param layers states of the tower that features are made of, from 0
 * @param projectorBias whether the projector's two layers have a bias
 */
record LlavaConfig(
        TextShape text,
        ClipShape vision,
        List<PictureSize> canvases,
        List<Integer> layers,
        Activation projector,
        boolean projectorBias,
        int endToken,
        int imageToken,
        int maxPositions)
        implements ModelConfig {
    LlavaConfig {
        canvases = List.copyOf(canvases);
        layers = List.copyOf(layers);
    }

    @Override
    public String pictures() {
        return "CLIP, " + vision.depth() + " layers, width " + vision.hidden() + ", " + vision.heads()
                + " heads, features of layer "
                + layers.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ", tiles of " + vision.image() + " pixels, patches of " + vision.patch() + ", canvases of "
                + canvases.stream().map(PictureSize::toString).collect(Collectors.joining(", "));
    }

    @Override
    public LlavaChat chat(Path folder, Tokenizer tokenizer) {
        return new LlavaChat(tokenizer, ChatTemplate.in(folder));
    }

    /** Bounds choose among the canvases. */
    @Override
    public LlavaImageProcessor images(Path folder, PixelBounds bounds) {
        Path file = PreprocessorFields.in(folder);
        LlavaPreprocessor asked = LlavaPreprocessor.read(file);
        if (asked.side() != vision.image() || !asked.canvases().equals(canvases)) {
            throw new InputException(file + " cuts tiles of " + asked.side() + " pixels out of " + asked.canvases()
                    + ", but config.json says " + vision.image() + " and " + canvases
                    + ": the two files belong to different models.");
        }
        List<PictureSize> within = canvases.stream()
                .filter(canvas -> canvas.pixels() >= bounds.least().orElse(0)
                        && canvas.pixels() <= bounds.most().orElse(Integer.MAX_VALUE))
                .toList();
        if (within.isEmpty()) {
            throw new InputException(
                    "A picture cannot be given those bounds: this model puts it on a canvas of " + canvases + ".");
        }
        return new LlavaImageProcessor(new AnyResolution(within), vision.image(), vision.side(), asked.normalisation());
    }

    @Override
    public LlavaModel model(WeightSource weights, Set<String> names) {
        return new LlavaLoader(this, weights, names).model();
    }
}
