package org.espalier.model.chat;

import java.nio.file.Path;
import java.util.List;

/**
 * A conversation as a model is shown it, up to the place where its answer begins.
 *
 * @param images in the order in which their tokens stand
 */
public record PromptTokens(int[] ids, List<Path> images) {
    public PromptTokens {
        images = List.copyOf(images);
    }
}
