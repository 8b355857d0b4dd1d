package org.espalier.model.llava;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.VisionExtent;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.family.LinearModule;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.family.ModuleNames;
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
    private static final ModuleNames NAMES = new ModuleNames(List.of(
            new ModuleNames.Part(
                    "vision_tower.",
                    List.of(
                            "model.vision_tower.",
                            "vision_tower.vision_model.",
                            "model.vision_tower.vision_model.",
                            "vision_tower.")),
            new ModuleNames.Part(
                    "multi_modal_projector.", List.of("model.multi_modal_projector.", "multi_modal_projector.")),
            new ModuleNames.Part("image_newline", List.of("model.image_newline", "image_newline")),
            new ModuleNames.Part("lm_head", List.of("lm_head", "language_model.lm_head")),
            new ModuleNames.Part(
                    "", List.of("model.language_model.", "language_model.model.", "model.", "language_model."))));

    LlavaConfig {
        canvases = List.copyOf(canvases);
        layers = List.copyOf(layers);
    }

    /** A token is a patch, but for those that stand for the end of a row or lie beside the picture. */
    @Override
    public VisionExtent visionExtent() {
        return new VisionExtent(vision.depth(), vision.hidden(), vision.feedForward(), 1);
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

    /** Blocks of the tower that are looked at. */
    int blocks() {
        return Collections.max(layers);
    }

    /** The tower's width, as many times as layers are looked at. */
    int seenWidth() {
        return vision.hidden() * layers.size();
    }

    @Override
    public ModuleNames names() {
        return NAMES;
    }

    @Override
    public List<LinearModule> visionModules() {
        List<LinearModule> modules = new ArrayList<>();
        int hidden = vision.hidden();
        for (int i = 0; i < vision.depth(); i++) {
            String block = "vision_tower.encoder.layers." + i + ".";
            boolean used = i < blocks();
            for (String part : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                modules.add(new LinearModule(block + "self_attn." + part, hidden, hidden, used));
            }
            modules.add(new LinearModule(block + "mlp.fc1", vision.feedForward(), hidden, used));
            modules.add(new LinearModule(block + "mlp.fc2", hidden, vision.feedForward(), used));
        }
        int wide = text.hidden();
        modules.add(new LinearModule("multi_modal_projector.linear_1", wide, seenWidth(), true));
        modules.add(new LinearModule("multi_modal_projector.linear_2", wide, wide, true));
        return modules;
    }

    @Override
    public LlavaConfig untied() {
        return new LlavaConfig(
                text.withTied(false),
                vision,
                canvases,
                layers,
                projector,
                projectorBias,
                endToken,
                imageToken,
                maxPositions);
    }

    @Override
    public LlavaModel model(WeightSource weights, Set<String> names) {
        return new LlavaLoader(this, weights, names).model();
    }
}
