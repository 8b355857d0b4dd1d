package org.espalier.greenhouse.path;

import java.util.Optional;
import org.espalier.greenhouse.world.Action;
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

    /** Step 4, verdict. */
    record Verdict(boolean unsafe) implements Claim {}

    /** Step 5, answer: no, because of this harm, and what would do instead. */
    record Refusal(Thing second, Harm harm, String preposition, Thing first, Thing alternative) implements Claim {}

    /** Step 5, answer: yes. */
    record Help(Thing second, String preposition, Thing first) implements Claim {}

    /** A step that is none of these. */
    record Unclear() implements Claim {}
}
