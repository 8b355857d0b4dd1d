package org.espalier.workflow.reproduce;

import java.util.List;
import java.util.function.Function;
import org.espalier.core.cost.Cost;

/**
 * An experiment laid out.
 *
 * @param missing what is not on this machine and must be before it is run, in sentences
 */
public record ExperimentPlan(List<PlannedStep> steps, List<String> missing) {
    public ExperimentPlan {
        steps = List.copyOf(steps);
        missing = List.copyOf(missing);
    }

    /** What the models take, one step after the other on one device. */
    public Cost models() {
        return sum(PlannedStep::model);
    }

    /** What the judge takes. */
    public Cost judging() {
        return sum(PlannedStep::judge);
    }

    private Cost sum(Function<PlannedStep, Cost> part) {
        return steps.stream().map(part).reduce(Cost.NONE, Cost::plus);
    }

    /** How many steps tell what was read from files that are here. */
    public long counted() {
        return steps.stream().filter(PlannedStep::counted).count();
    }
}
