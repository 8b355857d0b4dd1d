package org.espalier.workflow.reproduce;

import java.util.List;
import java.util.function.Function;
import org.espalier.core.cost.Cost;

/**
 * An experiment laid out.
 *
 * @param missing what is not on this machine and must be before it is run, in sentences
 */
public record ExperimentPlan(List<Planned> steps, List<String> missing) {
    /**
     * A step and what it is likely to take.
     *
     * @param model what the model takes, on one device
     * @param judge what the judge takes
     * @param counted whether questions, lengths and sizes were read from the files that are here; else they are taken as
     *     published
     */
    public record Planned(ExperimentStep step, Cost model, Cost judge, boolean counted) {}

    public ExperimentPlan {
        steps = List.copyOf(steps);
        missing = List.copyOf(missing);
    }

    /** What the models take, one step after the other on one device. */
    public Cost models() {
        return sum(Planned::model);
    }

    /** What the judge takes. */
    public Cost judging() {
        return sum(Planned::judge);
    }

    private Cost sum(Function<Planned, Cost> part) {
        return steps.stream().map(part).reduce(Cost.NONE, Cost::plus);
    }

    /** How many steps tell what was read from files that are here. */
    public long counted() {
        return steps.stream().filter(Planned::counted).count();
    }
}
