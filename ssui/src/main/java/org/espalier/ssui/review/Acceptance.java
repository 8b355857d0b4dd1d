package org.espalier.ssui.review;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.text.AnswerContainment;

/** What must hold of a sample that somebody accepts. */
public final class Acceptance {
    private Acceptance() {}

    /** Whether the last step holds the answer: without that no reasoning path can be verified (Eq. 3). */
    public static boolean answered(Draft draft) {
        return AnswerContainment.contains(draft.steps().getLast(), draft.answer());
    }

    /** @throws InputException if the reviewer's standing acceptance contradicts the words, or the reviewer's other word */
    static void check(Draft draft, List<Event> events, String reviewer) {
        boolean accepts = events.stream()
                .anyMatch(event -> event instanceof Event.Decided decided
                        && decided.standing()
                        && decided.reviewer().equals(reviewer)
                        && decided.opinion().verdict() == ReviewVerdict.ACCEPTED);
        if (!accepts) {
            return;
        }
        if (!answered(draft)) {
            throw new InputException(
                    "the last step does not hold the answer \"" + cut(draft.answer())
                            + "\", so that the sample cannot be accepted: write the answer as the last step has it, or reject it");
        }
        if (events.stream()
                .anyMatch(event -> event instanceof Event.Looked word
                        && word.standing()
                        && !word.harmless()
                        && word.reviewer().equals(reviewer))) {
            throw new InputException("you find the picture not to be harmless by itself, so that the sample cannot be"
                    + " accepted: reject it, or say that the picture is harmless");
        }
    }

    private static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
