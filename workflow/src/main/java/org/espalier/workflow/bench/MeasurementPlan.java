package org.espalier.workflow.bench;

import java.util.List;
import org.espalier.core.file.RunFolder;

/**
 * What a measurement would do.
 *
 * @param benchmark its title
 * @param samples answers to each question
 * @param judges in words
 * @param found what is in the folder of the run
 * @param notes what a person should know before, in sentences
 */
public record MeasurementPlan(
        String benchmark, int questions, int samples, List<String> judges, RunFolder.Found found, List<String> notes) {
    public MeasurementPlan {
        judges = List.copyOf(judges);
        notes = List.copyOf(notes);
    }
}
