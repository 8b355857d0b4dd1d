package org.espalier.greenhouse.grow;

import java.util.List;
import org.espalier.greenhouse.internal.corpus.Mixture;

/**
 * A stretch of the training over which the learning rate rises once and falls to nothing; the optimizer begins anew.
 *
 * @param peak learning rate after the warm-up
 * @param warmUp steps of the warm-up
 * @param decayFrom share of the steps after which the learning rate falls, in a straight line
 */
public record Cycle(int steps, double peak, int warmUp, double decayFrom, List<Phase> phases) {
    /**
     * A part of a cycle with one mixture of texts.
     *
     * @param until the share of the cycle's steps after which it ends, up to 1
     */
    public record Phase(double until, Mixture mixture) {}

    public Cycle {
        phases = List.copyOf(phases);
    }

    /** The same in another number of steps; the warm-up is a tenth of them at most. */
    Cycle of(int otherSteps) {
        return new Cycle(otherSteps, peak, Math.min(warmUp, Math.ceilDiv(otherSteps, 10)), decayFrom, phases);
    }

    /** The mixture of a step of this cycle, counted from 0. */
    Mixture mixture(long step) {
        return phases.stream()
                .filter(phase -> step < phase.until() * steps)
                .findFirst()
                .orElse(phases.getLast())
                .mixture();
    }

    /** The learning rate of a step of this cycle, counted from 0. */
    double rate(long step) {
        double rise = Math.min(1, (step + 1.0) / warmUp);
        double fall = Math.min(1, (steps - step) / (steps * (1 - decayFrom)));
        return peak * Math.min(rise, fall);
    }
}
