package org.espalier.bench.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap over the units of a tally. A resample draws as many units as there are, with replacement,
 * whatever cell they are of: drawn within each cell alone, a cell of one unit would look as sure as one of a hundred. All
 * figures are computed from the same resamples. Where no resample differs from another, the interval is Wilson's over the
 * units that the figure is of.
 */
public final class TallyBootstrap {
    /** The share of resamples in which a figure may have no value because a cell of its happens to be empty. */
    private static final double EMPTY = 0.05;

    private final Bootstrap settings;

    public TallyBootstrap(Bootstrap settings) {
        this.settings = settings;
    }

    /** An interval for each figure; empty where it has no value in more than a few resamples. */
    public List<Optional<Interval>> intervals(Tally tally, List<ToDoubleFunction<Tally>> figures) {
        double[][] values = new double[figures.size()][settings.resamples()];
        SplittableRandom random = new SplittableRandom(settings.seed());
        Urn urn = Urn.of(tally);
        for (int i = 0; i < settings.resamples(); i++) {
            Tally drawn = urn.draw(random);
            for (int f = 0; f < values.length; f++) {
                values[f][i] = figures.get(f).applyAsDouble(drawn);
            }
        }
        List<Optional<Interval>> intervals = new ArrayList<>();
        for (int f = 0; f < values.length; f++) {
            ToDoubleFunction<Tally> figure = figures.get(f);
            intervals.add(interval(values[f])
                    .map(it -> it.low() == it.high() ? wilson(it.low(), units(tally, figure)) : it));
        }
        return intervals;
    }

    private static Interval wilson(double percent, int units) {
        Interval shares = Interval.wilson(percent / 100, units);
        return new Interval(100 * shares.low(), 100 * shares.high());
    }

    /** Of the cells that give the figure a value by themselves; of all where none does. */
    private static int units(Tally tally, ToDoubleFunction<Tally> figure) {
        int units = 0;
        for (String cell : tally.cells()) {
            Tally alone = new Tally();
            tally.of(cell).forEach((outcome, count) -> alone.add(cell, outcome, count));
            units += Double.isNaN(figure.applyAsDouble(alone)) ? 0 : alone.units(_ -> true);
        }
        return units > 0 ? units : tally.units(_ -> true);
    }

    private Optional<Interval> interval(double[] values) {
        double[] some = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return some.length < (1 - EMPTY) * values.length || some.length == 0
                ? Optional.empty()
                : Optional.of(settings.between(some));
    }

    /** All units: the kinds there are, and up to which number each kind goes. */
    private record Urn(List<String> cells, List<String> outcomes, int[] upTo) {
        static Urn of(Tally tally) {
            List<String> cells = new ArrayList<>();
            List<String> outcomes = new ArrayList<>();
            List<Integer> upTo = new ArrayList<>();
            int sum = 0;
            for (String cell : tally.cells()) {
                for (var outcome : tally.of(cell).entrySet()) {
                    cells.add(cell);
                    outcomes.add(outcome.getKey());
                    sum += outcome.getValue();
                    upTo.add(sum);
                }
            }
            return new Urn(
                    cells, outcomes, upTo.stream().mapToInt(Integer::intValue).toArray());
        }

        Tally draw(SplittableRandom random) {
            int units = upTo.length == 0 ? 0 : upTo[upTo.length - 1];
            int[] drawn = new int[upTo.length];
            for (int u = 0; u < units; u++) {
                int at = Arrays.binarySearch(upTo, random.nextInt(units) + 1);
                drawn[at >= 0 ? at : -at - 1]++;
            }
            Tally tally = new Tally();
            for (int kind = 0; kind < drawn.length; kind++) {
                if (drawn[kind] > 0) {
                    tally.add(cells.get(kind), outcomes.get(kind), drawn[kind]);
                }
            }
            return tally;
        }
    }
}
