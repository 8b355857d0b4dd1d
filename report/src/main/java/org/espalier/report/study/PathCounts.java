package org.espalier.report.study;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judged paths, one a question, by what they are.
 *
 * @param both safe and effective
 * @param firstWrongStep how many first go wrong at which step, from 1
 */
public record PathCounts(long judged, long safe, long effective, long both, SortedMap<Integer, Long> firstWrongStep) {
    public static final PathCounts NONE = new PathCounts(0, 0, 0, 0, new TreeMap<>());

    public PathCounts {
        firstWrongStep = Collections.unmodifiableSortedMap(new TreeMap<>(firstWrongStep));
    }

    /** Both together. */
    public PathCounts plus(PathCounts other) {
        SortedMap<Integer, Long> wrong = new TreeMap<>(firstWrongStep);
        other.firstWrongStep.forEach((step, count) -> wrong.merge(step, count, Long::sum));
        return new PathCounts(
                judged + other.judged, safe + other.safe, effective + other.effective, both + other.both, wrong);
    }

    /** Those of which a step is wrong. */
    public long wrong() {
        return firstWrongStep.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of these, those whose first step is right: it says what the picture shows. */
    public long rightFirstStep() {
        return judged - firstWrongStep.getOrDefault(1, 0L);
    }
}
