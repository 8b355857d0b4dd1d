package org.espalier.bench.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The percentile bootstrap over clusters. A resample draws as many clusters as there are, with replacement, and takes all
 * outcomes of a drawn cluster along: several paths of one question, or several questions on one picture, are not
 * independent of each other. Clusters are drawn whatever cells they are of: drawn within each cell alone, a cell of one
 * would look as sure as one of a hundred. The interval lies between the {@code (1-level)/2} and {@code (1+level)/2}
 * quantiles of the resampled values, interpolated linearly between order statistics.
 *
 * <p>Two limits to know. Where every outcome is the same the interval has no width, which says that nothing was seen to
 * vary, not that nothing can: figures then take {@link Interval#wilson} over the clusters that they are of, within the range
 * that they can have. And it covers
 * the draw of the questions, not that of seeds or of judges.
 *
 * @param level how often the interval is to cover, in (0, 1)
 * @param resamples how many; more make the ends steadier, not narrower
 * @param seed of the resampling: every sample is resampled from this seed anew, so that no interval depends on which
 *     others were asked for
 */
public record Bootstrap(double level, int resamples, long seed) {
    public static final int RESAMPLES = 4000;

    /** The share of resamples in which a figure may have no value because a cell of its happens to be empty. */
    private static final double EMPTY = 0.05;

    /** Figures whose resampled values are in memory together. */
    private static final int AT_ONCE = 4096;

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
     * @param numerators one a cluster
     * @param denominators one a cluster, each above 0
     */
    public Interval ratio(double[] numerators, double[] denominators) {
        int clusters = numerators.length;
        if (clusters == 0 || clusters != denominators.length) {
            throw new IllegalArgumentException(
                    clusters + " numerators and " + denominators.length + " denominators make no ratio");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double above = 0;
            double below = 0;
            for (int j = 0; j < clusters; j++) {
                int drawn = random.nextInt(clusters);
                above += numerators[drawn];
                below += denominators[drawn];
            }
            values[i] = above / below;
        }
        Arrays.sort(values);
        return between(values);
    }

    /**
     * An interval for each figure, all of them from the same resamples; empty where a figure has no value in more than a
     * few of them, or where nothing varies and the figure is no share of its range.
     */
    public List<Optional<Interval>> intervals(Outcomes.Sample sample, List<Statistic> figures) {
        List<Optional<Interval>> intervals = new ArrayList<>();
        for (int from = 0; from < figures.size(); from += AT_ONCE) {
            some(sample, figures.subList(from, Math.min(figures.size(), from + AT_ONCE)), intervals);
        }
        return intervals;
    }

    private void some(Outcomes.Sample sample, List<Statistic> figures, List<Optional<Interval>> intervals) {
        double[][] values = new double[figures.size()][resamples];
        Supplier<OutcomeTally> resampling = sample.resampling(new SplittableRandom(seed));
        for (int i = 0; i < resamples; i++) {
            OutcomeTally drawn = resampling.get();
            for (int f = 0; f < values.length; f++) {
                values[f][i] = figures.get(f).value().applyAsDouble(drawn);
            }
        }
        for (int f = 0; f < values.length; f++) {
            Statistic figure = figures.get(f);
            intervals.add(interval(values[f])
                    .flatMap(it -> it.low() < it.high()
                            ? Optional.of(it)
                            : figure.range().map(range -> wilson(it.low(), range, clusters(sample, figure)))));
        }
    }

    /** Where the value stands in its range is taken for a share: no bounded value varies more than that. */
    private static Interval wilson(double value, Interval range, int clusters) {
        double width = range.high() - range.low();
        Interval shares = Interval.wilson((value - range.low()) / width, clusters);
        return new Interval(range.low() + width * shares.low(), range.low() + width * shares.high());
    }

    /** Of the cells that give the figure a value by themselves; of all where none does. */
    private static int clusters(Outcomes.Sample sample, Statistic figure) {
        if (figure.cells().isPresent()) {
            return sample.clusters(figure.cells().get());
        }
        OutcomeTally tally = sample.tally();
        Set<String> valued = new HashSet<>();
        for (String cell : tally.cells()) {
            OutcomeTally alone = new OutcomeTally();
            tally.of(cell).forEach((outcome, count) -> alone.add(cell, outcome, count));
            if (!Double.isNaN(figure.value().applyAsDouble(alone))) {
                valued.add(cell);
            }
        }
        return valued.isEmpty() ? sample.clusters() : sample.clusters(valued::contains);
    }

    private Optional<Interval> interval(double[] values) {
        double[] some = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return some.length < (1 - EMPTY) * values.length || some.length == 0
                ? Optional.empty()
                : Optional.of(between(some));
    }

    /** The interval of sorted resampled values. */
    private Interval between(double[] sorted) {
        return new Interval(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
