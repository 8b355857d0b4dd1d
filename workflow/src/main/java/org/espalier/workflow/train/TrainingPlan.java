package org.espalier.workflow.train;

import java.util.List;
import org.espalier.core.file.RunFolder;

/**
 * What a training would do.
 *
 * @param questions that were explored
 * @param found what is in the folder of the run
 * @param notes what a person should know before, in sentences
 */
public record TrainingPlan(int questions, RunFolder.Found found, List<String> notes) {
    public TrainingPlan {
        notes = List.copyOf(notes);
    }
}
