package org.espalier.model.generate;

import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How a model is opened.
 *
 * @param type to convert its weights to; empty keeps what the files have
 * @param minPixels smaller pictures are enlarged; empty as the checkpoint says
 * @param maxPixels larger pictures are shrunk; empty as the checkpoint says
 * @param rows continuations decoded together at most; empty for what memory and speed suggest
 */
public record LocalModelOptions(
        Optional<ScalarType> type, OptionalInt minPixels, OptionalInt maxPixels, OptionalInt rows) {
    /** Everything as the checkpoint says. */
    public static final LocalModelOptions DEFAULT =
            new LocalModelOptions(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    public LocalModelOptions {
        if (rows.isPresent() && rows.getAsInt() < 1) {
            throw new IllegalArgumentException("no rows are decoded together");
        }
    }
}
