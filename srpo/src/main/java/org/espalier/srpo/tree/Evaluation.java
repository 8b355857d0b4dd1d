package org.espalier.srpo.tree;

/**
 * What an objective came to on one question.
 *
 * @param loss the whole
 * @param reference sum of the reference terms
 * @param alignment sum of the alignment terms, without their weights
 * @param pairs how many alignment terms
 * @param ordered of them, those whose favorable path is the likelier
 * @param margin sum over pairs of the difference of summed log-probabilities
 * @param chosen sum over pairs of the favorable path's summed log-probability
 * @param rejected likewise of the unfavorable
 */
public record Evaluation(
        double loss,
        double reference,
        double alignment,
        int pairs,
        int ordered,
        double margin,
        double chosen,
        double rejected) {
    public static final Evaluation ZERO = new Evaluation(0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Evaluation plus(Evaluation other) {
        return new Evaluation(
                loss + other.loss,
                reference + other.reference,
                alignment + other.alignment,
                pairs + other.pairs,
                ordered + other.ordered,
                margin + other.margin,
                chosen + other.chosen,
                rejected + other.rejected);
    }
}
