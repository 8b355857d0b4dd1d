package org.espalier.srpo.explore;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Continuation;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.text.StepSplitter;
import org.espalier.core.text.StepSplitter.Split;
import org.espalier.core.text.StepSplitter.Style;

/** Reads what a sampler drew: its steps, and F of the path (Eq. 3). */
record PathReader(Verifier verifier, Style style) {
    /** The steps of a whole path. */
    Split split(String text) {
        return new StepSplitter(style).split(text);
    }

    /**
     * The steps of the rest of a path: as the trunk separates its steps, unless the rest goes another way.
     *
     * @param trunkStyle how the trunk's steps are separated
     */
    List<String> restSteps(String rest, Style trunkStyle) {
        List<String> steps = new StepSplitter(trunkStyle).split(rest).steps();
        return steps.size() < 2 && style == Style.AUTO ? split(rest).steps() : steps;
    }

    /**
     * F of a path. A path that its token budget cut off did not reach {@code v_T} and is never correct.
     *
     * @param steps the whole path's
     */
    Verdict verdict(SsuiSample question, List<String> steps, Continuation.End end) {
        if (end == Continuation.End.LENGTH) {
            return Verdict.wrong("cut off by the token budget");
        }
        if (steps.isEmpty()) {
            return Verdict.wrong("nothing was written");
        }
        return verifier.verify(question, new ReasoningPath(steps));
    }

    /** F of a branch behind the steps it shares with the trunk. */
    Verdict verdict(SsuiSample question, List<String> shared, List<String> rest, Continuation.End end) {
        List<String> steps = new ArrayList<>(shared);
        steps.addAll(rest);
        return verdict(question, steps, end);
    }
}
