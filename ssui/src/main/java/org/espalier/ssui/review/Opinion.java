package org.espalier.ssui.review;

import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;

/**
 * What a reviewer thinks of a draft.
 *
 * @param ratings from 1 to 5; a criterion that was not rated is absent
 * @param note free words, may be empty
 */
public record Opinion(ReviewVerdict verdict, List<Reason> reasons, Map<Criterion, Integer> ratings, String note) {
    public Opinion {
        reasons = reasons.stream().distinct().sorted().toList();
        ratings = Map.copyOf(ratings);
        note = note.strip();
        if (verdict == ReviewVerdict.REJECTED && reasons.isEmpty() && note.isEmpty()) {
            throw new InputException("a rejection needs a reason: pick one or write a note");
        }
        ratings.forEach((criterion, rating) -> {
            if (rating < 1 || rating > 5) {
                throw new InputException(criterion.title() + " is rated " + rating + ": ratings go from 1 to 5");
            }
        });
    }

    /** A bare verdict. */
    public static Opinion of(ReviewVerdict verdict) {
        return new Opinion(verdict, List.of(), Map.of(), "");
    }
}
