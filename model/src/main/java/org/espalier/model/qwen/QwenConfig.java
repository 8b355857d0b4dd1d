package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.VisionExtent;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.family.LinearModule;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.family.ModuleNames;
import org.espalier.model.family.PixelBounds;
import org.espalier.model.family.PreprocessorFields;

/**
 * What {@code config.json} says of a Qwen2-VL or Qwen2.5-VL.
 *
 * @param endToken ends an assistant's turn
 * @param imageToken stands for one token of a picture
 */
public record QwenConfig(
        TextShape text, VisionShape vision, int endToken, int imageToken, int visionStartToken, int maxPositions)
        implements ModelConfig {
    private static final ModuleNames NAMES = new ModuleNames(List.of(
            new ModuleNames.Part("visual.", List.of("model.visual.", "visual.")),
            new ModuleNames.Part("lm_head", List.of("lm_head", "language_model.lm_head")),
            new ModuleNames.Part(
                    "", List.of("model.language_model.", "model.", "language_model.model.", "language_model."))));

    @Override
    public VisionExtent visionExtent() {
        return new VisionExtent(vision.depth(), vision.hidden(), vision.feedForward(), vision.merge() * vision.merge());
    }

    @Override
    public String pictures() {
        String all =
                vision.depth() + " layers, width " + vision.hidden() + ", " + vision.heads() + " heads, patches of "
                        + vision.patch() + " pixels, " + vision.merge() * vision.merge() + " patches a token";
        String whole =
                vision.fullLayers().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
        return vision.gated()
                ? all + ", windows of " + vision.window() + " pixels, layers " + whole + " see everything"
                : all;
    }

    @Override
    public QwenChat chat(Path folder, Tokenizer tokenizer) {
        return new QwenChat(tokenizer);
    }

    @Override
    public QwenImageProcessor images(Path folder, PixelBounds bounds) {
        PreprocessorConfig config = PreprocessorConfig.read(PreprocessorFields.in(folder));
        return new QwenImageProcessor(
                bounds.equals(PixelBounds.OF_CHECKPOINT)
                        ? config
                        : config.withPixels(
                                bounds.least().orElse(config.minPixels()),
                                bounds.most().orElse(config.maxPixels())));
    }

    @Override
    public ModuleNames names() {
        return NAMES;
    }

    @Override
    public List<LinearModule> visionModules() {
        List<LinearModule> modules = new ArrayList<>();
        int hidden = vision.hidden();
        int feedForward = vision.feedForward();
        for (int i = 0; i < vision.depth(); i++) {
            String block = "visual.blocks." + i + ".";
            modules.add(new LinearModule(block + "attn.qkv", 3 * hidden, hidden, true));
            modules.add(new LinearModule(block + "attn.proj", hidden, hidden, true));
            for (String up : vision.gated() ? List.of("gate_proj", "up_proj") : List.of("fc1")) {
                modules.add(new LinearModule(block + "mlp." + up, feedForward, hidden, true));
            }
            modules.add(new LinearModule(
                    block + "mlp." + (vision.gated() ? "down_proj" : "fc2"), hidden, feedForward, true));
        }
        modules.add(new LinearModule("visual.merger.mlp.0", vision.merged(), vision.merged(), true));
        modules.add(new LinearModule("visual.merger.mlp.2", vision.output(), vision.merged(), true));
        return modules;
    }

    @Override
    public QwenConfig untied() {
        return new QwenConfig(text.withTied(false), vision, endToken, imageToken, visionStartToken, maxPositions);
    }

    @Override
    public QwenModel model(WeightSource weights, Set<String> names) {
        QwenLoader loader = new QwenLoader(this, weights, names);
        QwenModel model = new QwenModel(this, loader.decoder(), loader.vision());
        loader.requireAllUsed();
        return model;
    }
}
