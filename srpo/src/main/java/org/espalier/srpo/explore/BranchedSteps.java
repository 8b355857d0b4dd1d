package org.espalier.srpo.explore;

import java.util.List;
import java.util.function.ToIntFunction;
import org.espalier.core.InputException;

/**
 * Which steps of a trunk are branched, by a number: from this step on, counted from 1; a negative number counts from the
 * end, so that -1 is the last place alone. The paper branches every step but the last: 1.
 */
public final class BranchedSteps {
    /** What a setting of it says of itself. */
    public static final String HELP =
            "the first step of a trunk to count: 1 for all, 3 to leave out two, -1 for the last place that was branched"
                    + " alone.";

    private BranchedSteps() {}

    /**
     * Of the places of one trunk.
     *
     * @param places one a step, in the order of the steps
     * @param sharedSteps of each place, one less than the step's number
     */
    public static <T> List<T> from(int step, List<T> places, ToIntFunction<T> sharedSteps) {
        if (step > 0) {
            return places.stream()
                    .filter(place -> sharedSteps.applyAsInt(place) >= step - 1)
                    .toList();
        }
        return places.subList(Math.max(0, places.size() + step), places.size());
    }

    /** @throws InputException if it is 0 */
    public static void check(String name, int step) {
        if (step == 0) {
            throw new InputException(
                    "'" + name + "' is a step's number from 1, or counts from the end from -1, not 0.");
        }
    }
}
