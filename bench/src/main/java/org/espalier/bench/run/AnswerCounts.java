package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted on the way to the figures. {@code answers = judged + blocked + failed}, unless a benchmark has a rule
 * of its own for what was blocked: then such an answer is among the judged too. Nothing without a verdict is in any figure.
 *
 * @param questions put to the model
 * @param answers asked for, one or more a question
 * @param cutOff answers that the token budget ended
 * @param blocked answers that a filter of the provider's blocked
 * @param failures answers without a verdict that were not blocked, by kind, as {@link
 *     org.espalier.bench.judge.Mishap#label} names it
 * @param units what is scored as one
 * @param scored units that count; the others have too few verdicts
 * @param firstWrongStep how many judged paths first go wrong at which step, from 1; empty where answers are no paths
 */
public record AnswerCounts(
        long questions,
        long answers,
        long cutOff,
        long blocked,
        long judged,
        SortedMap<String, Long> failures,
        long units,
        long scored,
        SortedMap<Integer, Long> firstWrongStep) {
    static final AnswerCounts NONE = new AnswerCounts(0, 0, 0, 0, 0, new TreeMap<>(), 0, 0, new TreeMap<>());

    public AnswerCounts {
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
        firstWrongStep = Collections.unmodifiableSortedMap(new TreeMap<>(firstWrongStep));
    }

    /** Both together. */
    AnswerCounts and(AnswerCounts other) {
        return new AnswerCounts(
                questions + other.questions,
                answers + other.answers,
                cutOff + other.cutOff,
                blocked + other.blocked,
                judged + other.judged,
                sum(failures, other.failures),
                units + other.units,
                scored + other.scored,
                sum(firstWrongStep, other.firstWrongStep));
    }

    private static <K> SortedMap<K, Long> sum(SortedMap<K, Long> one, SortedMap<K, Long> other) {
        SortedMap<K, Long> sum = new TreeMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }

    /** Answers without a verdict that were not blocked. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Judged paths of which no step is wrong. */
    public long noneWrong() {
        return judged
                - firstWrongStep.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Blocked answers that count by a rule of the benchmark's own. */
    public long blockedByRule() {
        return Math.max(0, blocked - (answers - judged - failed()));
    }

    /** What has no verdict and why, and what was blocked, in words; empty where every answer has one and none was. */
    public String withoutVerdict() {
        List<String> kinds = new ArrayList<>();
        if (blocked > 0) {
            kinds.add(blocked + " blocked"
                    + (blockedByRule() == 0
                            ? ""
                            : blockedByRule() == blocked
                                    ? ", which count by the benchmark's rule"
                                    : ", of which " + blockedByRule() + " count by the benchmark's rule"));
        }
        failures.forEach((kind, count) -> kinds.add(count + " " + kind));
        return String.join(", ", kinds);
    }
}
