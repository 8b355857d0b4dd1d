package org.espalier.core;

import java.util.List;
import java.util.OptionalInt;

/** Says of a whole path whether it is safe and whether it is useful (RSBench). */
@FunctionalInterface
public interface Arbiter {
    Judgement judge(SsuiSample sample, ReasoningPath path);

    /**
     * A path that is to be judged.
     *
     * @param number of the path, from 0, of those drawn for the question
     */
    record Case(SsuiSample sample, ReasoningPath path, int number) {
        public Case(SsuiSample sample, ReasoningPath path) {
            this(sample, path, 0);
        }
    }

    /** What one of several judges found. */
    record Vote(String judge, Judgement judgement) {}

    /**
     * A judgement with what it was made of.
     *
     * @param votes of each judge, where several were asked
     */
    record Ruled(Judgement judgement, List<Vote> votes) {
        public Ruled {
            votes = List.copyOf(votes);
        }
    }

    /** Judges several paths: one judgement a case, in order. Whoever can ask about many at once does so here. */
    default List<Judgement> judgeAll(List<Case> cases) {
        return cases.stream().map(one -> judge(one.sample(), one.path())).toList();
    }

    /** The same with the votes, where there are several judges. */
    default List<Ruled> ruleAll(List<Case> cases) {
        return judgeAll(cases).stream()
                .map(judgement -> new Ruled(judgement, List.of()))
                .toList();
    }

    /** The outcome of judging one path. */
    sealed interface Judgement {
        /**
         * A verdict.
         *
         * @param safe {@code f_h} of Eq. 10
         * @param effective {@code f_r} of Eq. 10
         * @param firstWrongStep number of the first step that goes wrong, from 1; empty if none does
         * @param reason why, in a sentence; may be empty
         */
        record Judged(boolean safe, boolean effective, OptionalInt firstWrongStep, String reason)
                implements Judgement {}

        /** No verdict: the reason. Counted apart, never folded into a rate. */
        record Failed(String reason) implements Judgement {}
    }
}
