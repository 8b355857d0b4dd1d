package org.espalier.core.cost;

/** What some work is likely to take, and the most that it can. */
public record CostForecast(Cost likely, Cost most) {
    public static final CostForecast NONE = exactly(Cost.NONE);

    /** Where the two do not differ. */
    public static CostForecast exactly(Cost cost) {
        return new CostForecast(cost, cost);
    }

    /** Both, one after the other. */
    public CostForecast plus(CostForecast other) {
        return new CostForecast(likely.plus(other.likely), most.plus(other.most));
    }
}
