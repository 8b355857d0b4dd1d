package org.espalier.model.qwen;

import java.nio.file.Path;
import org.espalier.model.decoder.TextShape;

/**
 * What {@code config.json} says of a Qwen2.5-VL.
 *
 * @param endToken ends an assistant's turn
 * @param imageToken stands for one token of a picture
 */
public record QwenConfig(
        TextShape text, VisionShape vision, int endToken, int imageToken, int visionStartToken, int maxPositions) {
    /** The name of the family in {@code model_type}. */
    public static final String MODEL_TYPE = "qwen2_5_vl";

    /** Reads {@code config.json}, flat or nested; every problem of the file in one sentence each. */
    public static QwenConfig read(Path file) {
        return new ConfigReader(file).qwen();
    }
}
