package org.espalier.ssui.foreign;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Turn;

/**
 * An example to train on that somebody else made.
 *
 * @param id its own, or its place in the file
 * @param prompt what stands before the answer; the last turn is a user's
 * @param answer that is to become likely
 * @param rejected that is to become less likely; empty where the data are for supervised training
 */
public record ForeignExample(String id, List<Turn> prompt, String answer, Optional<String> rejected) {
    public ForeignExample {
        prompt = List.copyOf(prompt);
    }
}
