package org.espalier.model.chat;

import java.nio.file.Path;
import java.util.List;

/**
 * A conversation as a model is trained on it.
 *
 * @param mask for each token, whether the model is to learn to write it
 * @param images in the order in which their tokens stand
 */
public record TrainingTokens(int[] ids, boolean[] mask, List<Path> images) {
    /** Which of the assistant's turns are learned. */
    public enum Turns {
        LAST,
        ALL
    }

    public TrainingTokens {
        images = List.copyOf(images);
        if (ids.length != mask.length) {
            throw new IllegalArgumentException(ids.length + " tokens have a mask of " + mask.length);
        }
    }
}
