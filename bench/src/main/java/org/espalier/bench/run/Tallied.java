package org.espalier.bench.run;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted on the way to the figures. {@code answers = judged + sum of mishaps}; nothing without a verdict is
 * in any figure.
 *
 * @param questions put to the model
 * @param answers asked for, one or more a question
 * @param cutOff answers that the token budget ended
 * @param mishaps answers without a verdict by kind, as {@link org.espalier.bench.judge.Mishap#label} names it
 * @param units what is scored as one
 * @param scored units that count; the others have too few verdicts
 */
public record Tallied(
        long questions,
        long answers,
        long cutOff,
        long judged,
        SortedMap<String, Long> mishaps,
        long units,
        long scored) {
    public Tallied {
        mishaps = Collections.unmodifiableSortedMap(new TreeMap<>(mishaps));
    }

    /** Answers without a verdict. */
    public long failed() {
        return mishaps.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Why so many, in words; empty where every answer has a verdict. */
    public String failures() {
        return String.join(
                ", ",
                mishaps.entrySet().stream()
                        .map((Map.Entry<String, Long> kind) -> kind.getValue() + " " + kind.getKey())
                        .toList());
    }
}
