package org.espalier.workflow.run;

import org.espalier.core.cost.Cost;
import org.espalier.core.cost.CostForecast;
import org.espalier.endpoint.CallCost;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;

/** What one judge takes; {@code model} is its name. */
public record JudgeForecast(String model, CostForecast cost) {
    /** Rough tokens of a judge's prompt and of a verdict. */
    private static final int RUBRIC_TOKENS = 600;

    private static final int VERDICT_TOKENS = 120;

    /**
     * So many calls, each with one picture.
     *
     * @param shown tokens of what is judged, likely and at most
     */
    public static JudgeForecast of(EndpointPlan plan, long likely, long most, double shown, double shownAtMost) {
        return new JudgeForecast(
                plan.model(), new CostForecast(calls(plan, likely, shown), calls(plan, most, shownAtMost)));
    }

    private static Cost calls(EndpointPlan plan, long calls, double shown) {
        double input = RUBRIC_TOKENS + CallCost.PICTURE_TOKENS + shown;
        return CallCost.of(
                Endpoints.planned(plan), calls, Math.round(calls * input), Math.round((double) calls * VERDICT_TOKENS));
    }
}
