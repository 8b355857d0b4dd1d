package org.espalier.model.llava;

import java.nio.file.Path;
import org.espalier.model.family.ModelFamily;

/** LLaVA-NeXT with a LLaMA 3 decoder. */
public final class LlavaFamily implements ModelFamily {
    @Override
    public String modelType() {
        return "llava_next";
    }

    @Override
    public String name() {
        return "LLaVA-NeXT-LLaMA3";
    }

    @Override
    public LlavaConfig read(Path folder) {
        return new LlavaConfigReader(folder.resolve("config.json")).llava();
    }
}
