package org.espalier.model.family;

import org.espalier.core.InputException;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;

/** Makes of pictures what a family's vision side takes. Safe for use by several threads. */
public interface ImageProcessor {
    /**
     * The picture resized, normalised and cut.
     *
     * @throws InputException if it is of a shape that the family does not take
     */
    PictureInput process(RgbPicture picture);

    /**
     * Tokens that a picture of this size takes in a prompt, found without decoding it.
     *
     * @throws InputException as {@link #process}
     */
    int tokens(PictureSize size);

    /**
     * The 8-bit samples that an input's values stand for, in their order: where another processor's values are compared
     * with these, resizing must agree to the last bit before normalisation may round.
     */
    long[] samples(float[] values);
}
