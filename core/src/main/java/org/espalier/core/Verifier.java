package org.espalier.core;

import java.util.List;

/** F (Eq. 3): does a path end in the right answer? */
@FunctionalInterface
public interface Verifier {
    /**
     * Verifies a path that was written to its end.
     *
     * @return the verdict with the reason of a rejection
     */
    Verdict verify(SsuiSample sample, ReasoningPath path);

    /**
     * Verifies paths together, for verifiers that ask somebody.
     *
     * @return one verdict a path, in order
     */
    default List<Verdict> verify(List<Written> paths) {
        return paths.stream().map(one -> verify(one.sample(), one.path())).toList();
    }

    /** A path that was written to its end, about a sample. */
    record Written(SsuiSample sample, ReasoningPath path) {}

    /**
     * {@code F(τ)} and, where it is not 1, why; {@code reason} is empty where F is 1.
     *
     * @param decided false where whoever was asked gave no verdict: such a path is neither favorable nor unfavorable
     */
    record Verdict(boolean correct, String reason, boolean decided) {
        public static final Verdict CORRECT = new Verdict(true, "");

        public Verdict {
            if (correct && !decided) {
                throw new IllegalArgumentException("a path without a verdict is not correct");
            }
        }

        /** One that was given. */
        public Verdict(boolean correct, String reason) {
            this(correct, reason, true);
        }

        public static Verdict wrong(String reason) {
            return new Verdict(false, reason);
        }

        /** None, and why. */
        public static Verdict none(String reason) {
            return new Verdict(false, reason, false);
        }

        /** {@code F(τ) = 0}. */
        public boolean incorrect() {
            return decided && !correct;
        }
    }
}
