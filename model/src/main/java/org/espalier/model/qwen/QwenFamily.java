package org.espalier.model.qwen;

import java.nio.file.Path;
import org.espalier.model.family.ModelFamily;

/**
 * The two that differ in their vision side alone.
 *
 * @param gated whether its blocks have the decoder's norms and gated layers and most of them see windows of the picture;
 *     else norms with biases and plain layers, and all see everything
 */
public record QwenFamily(String modelType, String name, boolean gated) implements ModelFamily {
    public static final QwenFamily QWEN2_VL = new QwenFamily("qwen2_vl", "Qwen2-VL", false);
    public static final QwenFamily QWEN2_5_VL = new QwenFamily("qwen2_5_vl", "Qwen2.5-VL", true);

    @Override
    public QwenConfig read(Path folder) {
        return new QwenConfigReader(folder.resolve("config.json"), this).qwen();
    }
}
