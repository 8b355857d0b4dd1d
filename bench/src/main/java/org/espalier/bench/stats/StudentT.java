package org.espalier.bench.stats;

/** Student's t distribution with a whole number of degrees of freedom. */
public final class StudentT {
    private static final double FAR = 1e6;

    private StudentT() {}

    /**
     * Where the middle 95 % of it end.
     *
     * @param freedom degrees of freedom, at least 1
     */
    public static double middle95(int freedom) {
        if (freedom < 1) {
            throw new IllegalArgumentException(freedom + " degrees of freedom are too few");
        }
        double low = 0;
        double high = FAR;
        for (int halving = 0; halving < 100; halving++) {
            double middle = (low + high) / 2;
            if (within(middle, freedom) < 0.95) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * The probability of a value between {@code -t} and {@code t}: the finite sums in the angle {@code atan(t / sqrt(n))}
     * (Abramowitz and Stegun, 26.7.3 and 26.7.4).
     */
    static double within(double t, int freedom) {
        double angle = Math.atan(t / Math.sqrt(freedom));
        double square = Math.cos(angle) * Math.cos(angle);
        boolean even = freedom % 2 == 0;
        double term = even ? 1 : Math.cos(angle);
        double sum = freedom == 1 ? 0 : term;
        for (int i = even ? 2 : 3; i <= freedom - 2; i += 2) {
            term *= square * (i - 1) / i;
            sum += term;
        }
        return even ? Math.sin(angle) * sum : 2 / Math.PI * (angle + Math.sin(angle) * sum);
    }
}
