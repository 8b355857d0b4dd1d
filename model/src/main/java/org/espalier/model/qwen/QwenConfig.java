package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.family.ModelConfig;
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
    public QwenModel model(WeightSource weights, Set<String> names) {
        QwenLoader loader = new QwenLoader(this, weights, names);
        QwenModel model = new QwenModel(this, loader.decoder(), loader.vision());
        loader.requireAllUsed();
        return model;
    }
}
