package org.espalier.core;

import java.util.List;

/**
 * {@code Ω} (Eq. 4): what was drawn after the first {@code sharedSteps} steps of the trunk, to the end of the path.
 *
 * @param sharedSteps how many steps of the trunk stand before it
 * @param cut the same place on the trunk's text and tokens
 * @param sample number of the draw at this place, from 0; {@link #TRUNK} for the trunk's own continuation
 * @param steps the steps that follow the shared ones
 * @param verdict F of the whole path, trunk part included
 */
public record Branch(
        int sharedSteps, Cut cut, int sample, Continuation continuation, List<String> steps, Verifier.Verdict verdict) {
    /** Sample number of a branch that was not drawn: the trunk itself from the cut on. */
    public static final int TRUNK = -1;

    public Branch {
        steps = List.copyOf(steps);
    }
}
