package org.espalier.workflow.train;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What came of a training.
 *
 * @param adapter its folder, in PEFT's layout
 * @param used questions that the method could use; empty where the training had finished before
 * @param explored questions or examples that there were
 */
public record TrainedAdapter(Path adapter, OptionalInt used, int explored) {
    /** How much was trained on, in a few words. */
    public String extent() {
        return used.isPresent()
                ? used.getAsInt() + " of " + explored + " questions"
                : "finished before, " + explored + " questions";
    }
}
