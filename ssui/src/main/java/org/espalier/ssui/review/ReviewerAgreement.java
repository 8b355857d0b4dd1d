package org.espalier.ssui.review;

/**
 * How far two reviewers agree on the drafts that both accepted or rejected.
 *
 * @param bothAccepted drafts that both accepted
 * @param firstOnly drafts that only the first accepted
 * @param secondOnly drafts that only the second accepted
 * @param bothRejected drafts that both rejected
 */
public record ReviewerAgreement(
        String first, String second, long bothAccepted, long firstOnly, long secondOnly, long bothRejected) {
    public long drafts() {
        return bothAccepted + firstOnly + secondOnly + bothRejected;
    }

    /** Share of drafts on which both said the same; NaN without drafts. */
    public double observed() {
        return (double) (bothAccepted + bothRejected) / drafts();
    }

    /** Cohen's kappa: (p_o - p_e) / (1 - p_e); 1 where both always said one and the same thing; NaN without drafts. */
    public double kappa() {
        double n = drafts();
        double firstAccepts = (bothAccepted + firstOnly) / n;
        double secondAccepts = (bothAccepted + secondOnly) / n;
        double expected = firstAccepts * secondAccepts + (1 - firstAccepts) * (1 - secondAccepts);
        return expected == 1 ? 1 : (observed() - expected) / (1 - expected);
    }
}
