package org.espalier.model.family;

import java.util.Map;

/**
 * A picture as the vision side of its family takes it: patches and their grid, or tiles and the picture's size. Only the
 * family looks inside.
 */
public interface PictureInput {
    /** Tokens that it takes in a prompt. */
    int tokens();

    /** Its numbers in the family's order; not copied, so nobody may change them. */
    float[] values();

    /** The same without its numbers: enough for tokens and positions once the picture was seen. */
    PictureInput withoutValues();

    /** What the published processor returns beside the values, by its names, as {@code grid_thw}. */
    Map<String, long[]> sizes();
}
