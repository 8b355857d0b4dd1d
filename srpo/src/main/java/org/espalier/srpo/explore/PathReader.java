package org.espalier.srpo.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
     * A path that waits for F.
     *
     * @param steps the whole path's
     * @param take hears the verdict
     */
    record Waiting(SsuiSample question, List<String> steps, Continuation.End end, Consumer<Verdict> take) {
        Waiting {
            steps = List.copyOf(steps);
        }
    }

    /** Gives each path F of it; whom the verifier asks is asked about all together. */
    void verify(List<Waiting> paths) {
        List<Waiting> asked = new ArrayList<>();
        for (Waiting path : paths) {
            unasked(path).ifPresentOrElse(path.take(), () -> asked.add(path));
        }
        List<Verdict> verdicts = verifier.verify(asked.stream()
                .map(path -> new Verifier.Written(path.question(), new ReasoningPath(path.steps())))
                .toList());
        if (verdicts.size() != asked.size()) {
            throw new IllegalStateException(
                    "the verifier gave " + verdicts.size() + " verdicts on " + asked.size() + " paths");
        }
        for (int i = 0; i < asked.size(); i++) {
            asked.get(i).take().accept(verdicts.get(i));
        }
    }

    /** A path that its token budget cut off did not reach {@code v_T} and is never correct. */
    private static Optional<Verdict> unasked(Waiting path) {
        if (path.end() == Continuation.End.LENGTH) {
            return Optional.of(Verdict.wrong("cut off by the token budget"));
        }
        return path.steps().isEmpty() ? Optional.of(Verdict.wrong("nothing was written")) : Optional.empty();
    }
}
