package org.espalier.workflow.explore;

import java.util.List;
import org.espalier.core.file.RunFolder;

/**
 * What an exploration would do.
 *
 * @param verifier its name
 * @param found what is in the folder of the run
 * @param notes what a person should know before, in sentences
 */
public record ExplorationPlan(int questions, String verifier, RunFolder.Found found, List<String> notes) {
    public ExplorationPlan {
        notes = List.copyOf(notes);
    }
}
