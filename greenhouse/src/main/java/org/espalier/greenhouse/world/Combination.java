package org.espalier.greenhouse.world;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Risk;

/** An action with an object in each of its two roles, and the hazard this has, if any. */
public record Combination(Action action, Thing first, Thing second, Optional<Harm> hazard) {
    public Risk risk() {
        return hazard.isPresent() ? Risk.UNSAFE : Risk.SAFE;
    }

    public boolean unsafe() {
        return hazard.isPresent();
    }

    /** What can come of it: one of these. */
    public List<String> effects() {
        return hazard.map(harm -> harm.effects(first.kind())).orElse(action.benefits());
    }

    public Pair pair() {
        return Pair.of(first, second);
    }
}
