package org.espalier.greenhouse.grow;

import java.nio.file.Path;
import org.espalier.core.file.AtomicFile;

/** {@code README.md} of a grown model. */
final class ModelCard {
    private ModelCard() {}

    static void write(Path folder, GrowSettings settings, long numbers, LossLog losses) {
        AtomicFile.write(folder.resolve("README.md"), """
                # A base model of the greenhouse

                A Qwen2.5-VL in small, %,d numbers in float32, in the ordinary Hugging Face layout.
                """.formatted(numbers));
    }
}
