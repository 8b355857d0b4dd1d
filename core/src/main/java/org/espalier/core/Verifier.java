package org.espalier.core;

/** F (Eq. 3): does a path end in the right answer? */
@FunctionalInterface
public interface Verifier {
    /**
     * Verifies a path that was written to its end.
     *
     * @return the verdict with the reason of a rejection
     */
    Verdict verify(SsuiSample sample, ReasoningPath path);

    /** {@code F(τ)} and, where it is 0, why; {@code reason} is empty where F is 1. */
    record Verdict(boolean correct, String reason) {
        public static final Verdict CORRECT = new Verdict(true, "");

        public static Verdict wrong(String reason) {
            return new Verdict(false, reason);
        }
    }
}
