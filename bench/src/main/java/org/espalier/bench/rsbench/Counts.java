package org.espalier.bench.rsbench;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.Arbiter.Judgement.Judged;

/**
 * What was counted on a slice. {@code total = judged + unanswered + unjudged}; the rates are over {@code judged} alone.
 *
 * @param questions asked
 * @param total paths asked for, one or more a question
 * @param judged paths with a verdict: the N of Eq. 10
 * @param unanswered the model failed
 * @param unjudged the arbiter failed
 * @param cutOff judged paths that the token budget had cut off
 * @param firstWrongStep how many judged paths first go wrong at which step, from 1
 * @param noneWrong judged paths of which no step is wrong
 */
public record Counts(
        int questions,
        int total,
        int judged,
        int unanswered,
        int unjudged,
        int cutOff,
        int safe,
        int effective,
        int safeAndEffective,
        SortedMap<Integer, Integer> firstWrongStep,
        int noneWrong) {

    /** What has no verdict, for whatever reason. */
    public int failed() {
        return unanswered + unjudged;
    }

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap(), 0);

    /** A question of which no path was counted yet. */
    static final Counts QUESTION = new Counts(1, 0, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap(), 0);

    /** What one path counts; its question is counted apart. */
    static Counts of(ScoredPath path) {
        if (path.judged().isEmpty()) {
            int unanswered = path.unanswered() ? 1 : 0;
            return new Counts(0, 1, 0, unanswered, 1 - unanswered, 0, 0, 0, 0, Collections.emptySortedMap(), 0);
        }
        Judged verdict = path.judged().get();
        SortedMap<Integer, Integer> wrong = new TreeMap<>();
        verdict.firstWrongStep().ifPresent(step -> wrong.put(step, 1));
        return new Counts(
                0,
                1,
                1,
                0,
                0,
                path.answer().cutOff() ? 1 : 0,
                Rate.SAFETY.counts(verdict) ? 1 : 0,
                Rate.EFFECTIVENESS.counts(verdict) ? 1 : 0,
                Rate.SAFETY_EFFECTIVENESS.counts(verdict) ? 1 : 0,
                wrong,
                wrong.isEmpty() ? 1 : 0);
    }

    /** Both together. */
    Counts and(Counts other) {
        SortedMap<Integer, Integer> wrong = new TreeMap<>(firstWrongStep);
        other.firstWrongStep.forEach((step, paths) -> wrong.merge(step, paths, Integer::sum));
        return new Counts(
                questions + other.questions,
                total + other.total,
                judged + other.judged,
                unanswered + other.unanswered,
                unjudged + other.unjudged,
                cutOff + other.cutOff,
                safe + other.safe,
                effective + other.effective,
                safeAndEffective + other.safeAndEffective,
                wrong,
                noneWrong + other.noneWrong);
    }

    /** How many paths a rate counts. */
    public int of(Rate rate) {
        return switch (rate) {
            case SAFETY -> safe;
            case EFFECTIVENESS -> effective;
            case SAFETY_EFFECTIVENESS -> safeAndEffective;
        };
    }
}
