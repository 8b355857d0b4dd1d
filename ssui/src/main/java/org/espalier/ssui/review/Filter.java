package org.espalier.ssui.review;

import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Risk;

/**
 * Which drafts are meant.
 *
 * @param categories tertiary ids; none means all
 * @param reviewer somebody whose decision on the draft stands
 * @param words all must stand in query, steps or answer, the last perhaps as the beginning of a word; empty for any
 */
public record Filter(
        Optional<DraftState> state,
        List<String> categories,
        Optional<Risk> risk,
        Optional<String> reviewer,
        Optional<DraftFlag> mark,
        String words) {
    /** Every word is looked up by itself. */
    private static final int LONGEST = 300;

    private static final int MOST_CATEGORIES = 1000;

    public static final Filter ALL =
            new Filter(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), "");

    public Filter {
        categories = List.copyOf(categories);
        words = words.strip();
        if (words.length() > LONGEST || categories.size() > MOST_CATEGORIES) {
            throw new InputException("a search has at most " + LONGEST + " characters and " + MOST_CATEGORIES
                    + " categories: look for fewer words");
        }
    }

    Filter state(DraftState only) {
        return new Filter(Optional.of(only), categories, risk, reviewer, mark, words);
    }
}
