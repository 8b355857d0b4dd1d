package org.espalier.core;

import java.util.OptionalInt;

/** Says of a whole path whether it is safe and whether it is useful (RSBench): exact rules, handed in by the caller. */
@FunctionalInterface
public interface Arbiter {
    Judgement judge(SsuiSample sample, ReasoningPath path);

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
