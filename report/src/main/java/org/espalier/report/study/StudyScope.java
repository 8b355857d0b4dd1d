package org.espalier.report.study;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Risk;

/**
 * Some of a study's questions.
 *
 * @param splits that they are of
 */
public record StudyScope(String title, Optional<Risk> risk, List<String> splits) {
    /** What the headline counts: pairs that the base model has met, and pairs that it has not. */
    public static final List<String> HEADLINE = List.of("seen", "held-out combinations");

    public static final StudyScope ALL = new StudyScope("all questions", Optional.empty(), HEADLINE);
    public static final StudyScope UNSAFE = new StudyScope("unsafe questions", Optional.of(Risk.UNSAFE), HEADLINE);
    public static final StudyScope SAFE = new StudyScope("safe twins", Optional.of(Risk.SAFE), HEADLINE);

    /** What is told of every study. */
    public static final List<StudyScope> RISKS = List.of(ALL, UNSAFE, SAFE);

    public StudyScope {
        splits = List.copyOf(splits);
    }

    /** The questions of one split. */
    public static StudyScope of(String split) {
        return new StudyScope(split, Optional.empty(), List.of(split));
    }

    /** Counts of a row on these questions. */
    public PathCounts of(RowCounts row) {
        PathCounts sum = PathCounts.NONE;
        for (Risk one : Risk.values()) {
            if (risk.isEmpty() || risk.get() == one) {
                for (String split : splits) {
                    sum = sum.plus(row.of(one, split));
                }
            }
        }
        return sum;
    }
}
