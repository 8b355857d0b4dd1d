package org.espalier.bench.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap over questions. A resample draws as many questions as there are, with replacement, and
 * takes all paths of a drawn question along: several paths of one question are not independent of each other. The
 * interval lies between the {@code (1-level)/2} and {@code (1+level)/2} quantiles of the resampled values,
 * interpolated linearly between order statistics.
 *
 * <p>Two limits to know. Where every path got the same verdict the interval has no width, which says that nothing was
 * seen to vary, not that nothing can: figures then take {@link Interval#wilson}. And it covers the draw of the questions, not that of seeds or of judges.
 *
 * @param level how often the interval is to cover, in (0, 1)
 * @param resamples how many; more make the ends steadier, not narrower
 * @param seed of the resampling: every figure is resampled from this seed anew, so that none depends on which others
 *     were asked for
 */
public record Bootstrap(double level, int resamples, long seed) {
    public static final int RESAMPLES = 4000;

    public Bootstrap {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is not between 0 and 1");
        }
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples " + resamples + " is less than 1");
        }
    }

    /** 95 %, with enough resamples that the ends are steady to about a tenth of the interval's width. */
    public static Bootstrap of(long seed) {
        return new Bootstrap(0.95, RESAMPLES, seed);
    }

    /**
     * The interval of a ratio of sums.
     *
     * @param numerators one a question
     * @param denominators one a question, each above 0
     */
    public Interval ratio(double[] numerators, double[] denominators) {
        int questions = numerators.length;
        if (questions == 0 || questions != denominators.length) {
            throw new IllegalArgumentException(
                    questions + " numerators and " + denominators.length + " denominators make no ratio");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double above = 0;
            double below = 0;
            for (int j = 0; j < questions; j++) {
                int drawn = random.nextInt(questions);
                above += numerators[drawn];
                below += denominators[drawn];
            }
            values[i] = above / below;
        }
        Arrays.sort(values);
        return between(values);
    }

    /** The interval of sorted resampled values. */
    Interval between(double[] sorted) {
        return new Interval(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
    }

    /** The interval of a mean over questions. */
    public Interval mean(double[] values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return ratio(values, ones);
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
