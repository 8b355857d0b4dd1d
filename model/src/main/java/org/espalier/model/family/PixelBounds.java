package org.espalier.model.family;

import java.util.OptionalInt;

/**
 * Pixels that a picture is brought to, where not those of the checkpoint are wanted: fewer cost fewer tokens.
 *
 * @param least a smaller picture is enlarged; empty as the checkpoint says
 * @param most a larger picture is shrunk; empty as the checkpoint says
 */
public record PixelBounds(OptionalInt least, OptionalInt most) {
    /** As the checkpoint says. */
    public static final PixelBounds OF_CHECKPOINT = new PixelBounds(OptionalInt.empty(), OptionalInt.empty());
}
