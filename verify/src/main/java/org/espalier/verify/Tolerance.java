package org.espalier.verify;

import java.util.Locale;
import java.util.Optional;

/**
 * When a number that was computed in float64 agrees with a stored one.
 *
 * <p>Where the stored values were computed in float64 all the way, {@link #RULE} decides: a right model is a thousand times
 * closer. The published code of many families takes norms and rotary positions in float32 whatever the type of the model,
 * so that values of it that are called float64 are rounded on their way; how, depends on the processor that made them.
 * Then {@link #RULE_OF_ROUNDED} decides: no farther than twice what rounding everything to float32 is measured to do.
 */
public final class Tolerance {
    /** a is the computed number, rounded to float32; b the stored one; max|tensor| the greatest magnitude under its key. */
    public static final String RULE = "|a−b| ≤ 1e-6·|b| + 1e-7·max|tensor|";

    /** d is the distance of float32 from float64 that was measured for the group, at most 1e-4. */
    public static final String RULE_OF_ROUNDED = RULE + " + 2·d·max|tensor|";

    /** Of what AdamW makes: d is that of the gradients g, the sum is over the steps ({@link AdamReach}). */
    public static final String RULE_OF_STEPS = RULE + " + 2·d·Σ lr·max|g|/(√v̂+ε)";

    private static final double RELATIVE = 1e-6;
    private static final double OF_GREATEST = 1e-7;
    private static final double TIMES = 2;
    private static final double MOST = 1e-4;

    private Tolerance() {}

    /**
     * The outcome for one key.
     *
     * @param ofRule the largest difference as a share of what {@link #RULE} allows
     * @param ofAllowed as a share of what is allowed here
     * @param fault the first number that is off
     */
    record Outcome(double ofRule, double ofAllowed, Optional<String> fault) {}

    /**
     * Compares as many numbers as there are.
     *
     * @param distance d; 0 for the strict rule
     * @param reach of each number, in place of max|tensor| beside d; empty where it is that
     */
    static Outcome compare(double[] computed, float[] stored, double distance, double[] reach) {
        double greatest = greatest(stored);
        double ofRule = 0;
        double ofAllowed = 0;
        Optional<String> fault = Optional.empty();
        for (int i = 0; i < stored.length; i++) {
            float rounded = (float) computed[i];
            double difference = Math.abs((double) rounded - stored[i]);
            double rule = RELATIVE * Math.abs((double) stored[i]) + OF_GREATEST * greatest;
            double allowed = rule + TIMES * Math.min(distance, MOST) * (reach.length == 0 ? greatest : reach[i]);
            ofRule = Math.max(ofRule, share(difference, rule));
            ofAllowed = Math.max(ofAllowed, share(difference, allowed));
            if (fault.isEmpty() && !Float.isFinite(stored[i])) {
                fault = Optional.of("value " + i + " of the file is " + stored[i] + ", which nothing agrees with");
            }
            if (fault.isEmpty() && !(difference <= allowed)) {
                fault = Optional.of(String.format(
                        Locale.ROOT, "value %d is %.9g, expected %.9g", i, (double) rounded, (double) stored[i]));
            }
        }
        return new Outcome(ofRule, ofAllowed, fault);
    }

    /** What is not finite is never close. */
    private static double share(double difference, double allowed) {
        double share = difference == 0 ? 0 : difference / allowed;
        return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
    }

    private static double greatest(float[] values) {
        double greatest = 0;
        for (float value : values) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        return greatest;
    }
}
