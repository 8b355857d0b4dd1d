package org.espalier.report.study;

import java.util.List;
import java.util.Optional;

/**
 * What a study's page shows beside its counts.
 *
 * @param cells those that are counted, in their order
 * @param curves what the part of that name has found; empty where it has not been asked, and in its own report
 */
public record StudyEvidence(List<CellRuns> cells, Optional<StudyRecord> curves) {
    /** Counts alone. */
    public static final StudyEvidence NONE = new StudyEvidence(List.of(), Optional.empty());

    public StudyEvidence {
        cells = List.copyOf(cells);
    }
}
