package org.espalier.lab.model;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.LoraSettings;
import org.espalier.model.lora.Targets;
import org.espalier.tensor.Scope;

/** An adapter of rank 8 on every linear module of the language model. A and B are both random: with B at zero half of it would be idle. */
public final class RandomAdapter {
    private RandomAdapter() {}

    /** To be closed. */
    public static Adapter of(VisionLanguageModel model) {
        Adapter adapter = Adapter.fresh(
                new LoraSettings(8, 16, 0, Targets.LANGUAGE_MODEL.words()), model.config(), model.placement(), 2);
        try (PointerScope scope = new PointerScope()) {
            Scope.withoutGradients(() -> adapter.parameters()
                    .flat()
                    .copy_(RandomNumbers.of(
                                    adapter.parameters().placement(),
                                    adapter.parameters().flat().numel())
                            .mul_(new Scalar(0.05))));
        }
        return adapter;
    }
}
