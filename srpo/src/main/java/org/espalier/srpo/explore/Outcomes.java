package org.espalier.srpo.explore;

import java.util.List;
import org.espalier.core.Branch;
import org.espalier.core.Continuation.End;
import org.espalier.core.PathTree;
import org.espalier.core.PathTree.Outcome;
import org.espalier.core.PathTree.Outcome.Kind;

/** Why a question yields no pair: few fixed reasons, since they are counted. */
final class Outcomes {
    static final String NEVER_CORRECT = "never correct";
    static final String ALWAYS_CORRECT = "always correct";
    static final String ALWAYS_CUT_OFF = "always cut off by the token budget";
    static final String ONE_STEP = "the path has one step";
    static final String ONE_SIDED = "every step is one-sided";

    static final String NO_VERDICT = "the verifier gave no verdict";

    private Outcomes() {}

    static Outcome of(boolean trunk, boolean paired, List<PathTree.Attempt> attempts, List<Branch> branches) {
        if (paired) {
            return new Outcome(Kind.PAIRED, "");
        }
        if (!trunk) {
            boolean cutOff =
                    attempts.stream().allMatch(attempt -> attempt.path().end() == End.LENGTH);
            boolean silent = !attempts.isEmpty()
                    && attempts.stream().noneMatch(attempt -> attempt.verdict().decided());
            return new Outcome(Kind.NO_TRUNK, cutOff ? ALWAYS_CUT_OFF : silent ? NO_VERDICT : NEVER_CORRECT);
        }
        return new Outcome(Kind.NO_PAIR, whyNoPair(branches));
    }

    private static String whyNoPair(List<Branch> branches) {
        if (branches.isEmpty()) {
            return ONE_STEP;
        }
        if (branches.stream().noneMatch(branch -> branch.verdict().decided())) {
            return NO_VERDICT;
        }
        if (branches.stream().allMatch(branch -> branch.verdict().correct())) {
            return ALWAYS_CORRECT;
        }
        if (branches.stream().allMatch(branch -> branch.continuation().end() == End.LENGTH)) {
            return ALWAYS_CUT_OFF;
        }
        return branches.stream().noneMatch(branch -> branch.verdict().correct()) ? NEVER_CORRECT : ONE_SIDED;
    }
}
