package org.espalier.model.train;

import java.util.List;
import org.espalier.model.family.PictureInput;

/**
 * One conversation to learn from.
 *
 * @param mask for each token, whether the model is to learn to write it
 * @param pictures in the order in which their tokens stand
 */
public record TrainingExample(int[] ids, boolean[] mask, List<PictureInput> pictures) {
    public TrainingExample {
        pictures = List.copyOf(pictures);
        if (ids.length != mask.length) {
            throw new IllegalArgumentException(ids.length + " tokens have a mask of " + mask.length);
        }
        boolean any = false;
        for (int i = 1; i < mask.length; i++) {
            any |= mask[i];
        }
        if (!any) {
            throw new IllegalArgumentException("a example without a token to learn");
        }
    }

    /** How many tokens are learned; the first token of all has nothing before it to be learned from. */
    int learned() {
        int count = 0;
        for (int i = 1; i < mask.length; i++) {
            count += mask[i] ? 1 : 0;
        }
        return count;
    }
}
