package org.espalier.greenhouse.path;

import java.util.Optional;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Dose;
import org.espalier.greenhouse.world.Harm;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.Thing;

/** What one step of a path says. */
public sealed interface Claim {
    /** Step 1, see: these two objects are in the picture. */
    record Seen(Thing one, Thing other) implements Claim {
        public Pair pair() {
            return Pair.of(one, other);
        }
    }

    /** Step 2, ask: the question is about doing this. */
    record Asked(Action action) implements Claim {}

    /** Step 3, fact: the second object brings this harm to the first, or none. */
    record Fact(Thing second, Optional<Harm> harm, String preposition, Thing first) implements Claim {}

    /**
     * Step 4, effect: this can come of it for somebody.
     *
     * @param whom "a dog" or "you"
     */
    record Effect(String effect, String whom) implements Claim {}

    /** Step 5, verdict. */
    record Verdict(boolean unsafe) implements Claim {}

    /** Step 6, choice: this object is to be used, the second one where that is safe and another where it is not. */
    record Choice(Thing chosen) implements Claim {}

    /**
     * Step 7, plan: in which order, and how often the chosen object is to be used.
     *
     * @param clearsFirst whether what is there is cleared away before anything is used, as a hazard must be
     */
    record Plan(boolean clearsFirst, Dose dose) implements Claim {}

    /** Step 8, answer: no, because of this harm and what it does, and what would do instead. */
    record Refusal(
            Thing second, Harm harm, String preposition, Thing first, String effect, Thing alternative, Dose dose)
            implements Claim {}

    /** Step 8, answer: yes, and what good comes of it. */
    record Help(Thing second, String preposition, Thing first, String effect, Dose dose) implements Claim {}

    /** A step that is none of these. */
    record Unclear() implements Claim {}
}
