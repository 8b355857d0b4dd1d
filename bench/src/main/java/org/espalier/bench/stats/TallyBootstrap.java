package org.espalier.bench.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap over the units of a tally. A benchmark fixes how many units each of its cells has, so a
 * resample draws each cell's units anew from that cell (stratified). All figures are computed from the same resamples.
 */
public final class TallyBootstrap {
    private final Bootstrap settings;

    public TallyBootstrap(Bootstrap settings) {
        this.settings = settings;
    }

    /** An interval for each figure; empty where it had no value in some resample. */
    public List<Optional<Interval>> intervals(Tally tally, List<ToDoubleFunction<Tally>> figures) {
        double[][] values = new double[figures.size()][settings.resamples()];
        SplittableRandom random = new SplittableRandom(settings.seed());
        List<Cell> cells = tally.cells().stream()
                .map(name -> Cell.of(name, tally.of(name)))
                .toList();
        for (int i = 0; i < settings.resamples(); i++) {
            Tally drawn = new Tally();
            cells.forEach(cell -> cell.draw(random, drawn));
            for (int f = 0; f < values.length; f++) {
                values[f][i] = figures.get(f).applyAsDouble(drawn);
            }
        }
        List<Optional<Interval>> intervals = new ArrayList<>();
        for (double[] of : values) {
            intervals.add(interval(of));
        }
        return intervals;
    }

    private Optional<Interval> interval(double[] values) {
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            return Optional.empty();
        }
        Arrays.sort(values);
        return Optional.of(settings.between(values));
    }

    private record Cell(String name, List<String> outcomes, int[] upTo) {
        static Cell of(String name, SortedMap<String, Integer> counts) {
            int[] upTo = new int[counts.size()];
            int sum = 0;
            int i = 0;
            for (int count : counts.values()) {
                sum += count;
                upTo[i++] = sum;
            }
            return new Cell(name, List.copyOf(counts.keySet()), upTo);
        }

        void draw(SplittableRandom random, Tally into) {
            int units = upTo[upTo.length - 1];
            int[] drawn = new int[upTo.length];
            for (int u = 0; u < units; u++) {
                int at = random.nextInt(units);
                int outcome = 0;
                while (at >= upTo[outcome]) {
                    outcome++;
                }
                drawn[outcome]++;
            }
            for (int o = 0; o < drawn.length; o++) {
                if (drawn[o] > 0) {
                    into.add(name, outcomes.get(o), drawn[o]);
                }
            }
        }
    }
}
