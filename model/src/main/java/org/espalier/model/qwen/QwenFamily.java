package org.espalier.model.qwen;

import java.nio.file.Path;
import org.espalier.model.family.ModelFamily;

/** Qwen2.5-VL. */
public final class QwenFamily implements ModelFamily {
    @Override
    public String modelType() {
        return "qwen2_5_vl";
    }

    @Override
    public String name() {
        return "Qwen2.5-VL";
    }

    @Override
    public QwenConfig read(Path folder) {
        return QwenConfig.read(folder.resolve("config.json"));
    }
}
