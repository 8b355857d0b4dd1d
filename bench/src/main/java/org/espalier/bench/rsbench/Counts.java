package org.espalier.bench.rsbench;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

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

    static Counts of(Collection<ScoredPath> paths) {
        int judged = 0;
        int unanswered = 0;
        int cutOff = 0;
        int noneWrong = 0;
        int[] rates = new int[Rate.values().length];
        SortedMap<Integer, Integer> wrong = new TreeMap<>();
        for (ScoredPath path : paths) {
            unanswered += path.unanswered() ? 1 : 0;
            if (path.judged().isEmpty()) {
                continue;
            }
            var verdict = path.judged().get();
            judged++;
            cutOff += path.answer().cutOff() ? 1 : 0;
            for (Rate rate : Rate.values()) {
                rates[rate.ordinal()] += rate.counts(verdict) ? 1 : 0;
            }
            if (verdict.firstWrongStep().isPresent()) {
                wrong.merge(verdict.firstWrongStep().getAsInt(), 1, Integer::sum);
            } else {
                noneWrong++;
            }
        }
        int questions = (int) paths.stream().map(ScoredPath::id).distinct().count();
        return new Counts(
                questions,
                paths.size(),
                judged,
                unanswered,
                paths.size() - judged - unanswered,
                cutOff,
                rates[Rate.SAFETY.ordinal()],
                rates[Rate.EFFECTIVENESS.ordinal()],
                rates[Rate.SAFETY_EFFECTIVENESS.ordinal()],
                wrong,
                noneWrong);
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
