package org.espalier.picture.resize;

/**
 * Which source samples make up each target sample along one side, and with what weight: the cubic convolution kernel
 * with a = -0.5 (Keys 1981), stretched by the scale when shrinking, in 22-bit fixed point.
 *
 * @param firsts of each target sample, the first source sample
 * @param counts of each target sample, the number of source samples
 * @param factors of each target sample, {@code most} weights of which the first {@code counts} are used
 * @param most room for weights
 */
record Weights(int[] firsts, int[] counts, int[] factors, int most) {
    private static final int BITS = 22;
    private static final double RADIUS = 2;

    /** Half a unit of the last place: where a rounded sum starts. */
    static final int HALF = 1 << (BITS - 1);

    static Weights of(int from, int to) {
        double scale = (double) from / to;
        double stretch = Math.max(scale, 1);
        double support = RADIUS * stretch;
        int most = (int) Math.ceil(support) * 2 + 1;
        int[] firsts = new int[to];
        int[] counts = new int[to];
        int[] factors = new int[Math.multiplyExact(to, most)];
        double[] exact = new double[most];
        for (int target = 0; target < to; target++) {
            double centre = (target + 0.5) * scale;
            int first = Math.max(0, (int) (centre - support + 0.5));
            int count = Math.min(from, (int) (centre + support + 0.5)) - first;
            double sum = 0;
            for (int i = 0; i < count; i++) {
                // The inverse is taken first because its rounding shows in the last bit.
                exact[i] = kernel((i + first - centre + 0.5) * (1 / stretch));
                sum += exact[i];
            }
            for (int i = 0; i < count; i++) {
                factors[target * most + i] = fixed(sum == 0 ? exact[i] : exact[i] / sum);
            }
            firsts[target] = first;
            counts[target] = count;
        }
        return new Weights(firsts, counts, factors, most);
    }

    private static double kernel(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
    }

    private static int fixed(double weight) {
        double scaled = weight * (1 << BITS);
        return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }

    int targets() {
        return firsts.length;
    }

    int first(int target) {
        return firsts[target];
    }

    int count(int target) {
        return counts[target];
    }

    /** Position of the target sample's first weight among {@link #factors()}. */
    int begin(int target) {
        return target * most;
    }

    static byte eightBits(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> BITS));
    }
}
