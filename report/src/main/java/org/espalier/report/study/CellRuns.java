package org.espalier.report.study;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Where the runs of a cell lie: answers, trees and settings are read there.
 *
 * @param asked the file of the questions that were asked; their pictures lie below its folder
 * @param rows those that are counted, by label, in the order of the study
 */
public record CellRuns(StudyCell cell, Path asked, SequencedMap<String, RowRuns> rows) {
    /**
     * The folders of a row's runs.
     *
     * @param explored one a stage, as {@code trained}
     */
    public record RowRuns(Path measured, List<Path> explored, List<Path> trained) {
        public RowRuns {
            explored = List.copyOf(explored);
            trained = List.copyOf(trained);
        }
    }

    public CellRuns {
        rows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rows));
    }
}
