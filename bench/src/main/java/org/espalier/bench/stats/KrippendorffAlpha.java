package org.espalier.bench.stats;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Krippendorff's alpha for nominal labels of any number of people, not all of whom need to have labelled everything:
 * {@code 1 - D_o / D_e}, the disagreement seen over the one that labels dealt out at random would give. What only one
 * person labelled is in neither.
 */
public final class KrippendorffAlpha {
    private static final String CELL = "";
    private static final String AND = "\0";

    private final Outcomes outcomes = new Outcomes();
    private int compared;

    /**
     * Takes in what people said of one thing.
     *
     * @param cluster of things that are not independent of each other
     * @param labels one a person
     */
    public void add(String cluster, Collection<String> labels) {
        if (labels.size() > 1) {
            outcomes.add(
                    cluster, CELL, String.join(AND, labels.stream().sorted().toList()));
            compared++;
        }
    }

    /** Things that more than one person labelled. */
    public int compared() {
        return compared;
    }

    /** From 1, no disagreement, down; NaN where all labels are one and the same, or nobody can be compared. */
    public double value() {
        return value(outcomes.all().tally());
    }

    /** By resampling clusters; empty where nothing varies. */
    public Optional<Interval> interval(Bootstrap bootstrap) {
        return compared == 0
                ? Optional.empty()
                : bootstrap
                        .intervals(outcomes.all(), List.of(Statistic.unbounded(KrippendorffAlpha::value)))
                        .getFirst();
    }

    private static double value(OutcomeTally tally) {
        SortedMap<String, Double> said = new TreeMap<>();
        double all = 0;
        double apart = 0;
        for (var unit : tally.of(CELL).entrySet()) {
            SortedMap<String, Integer> labels = new TreeMap<>();
            String[] names = unit.getKey().split(AND, -1);
            for (String name : names) {
                labels.merge(name, 1, Integer::sum);
            }
            double pairs = (double) names.length * names.length;
            for (var label : labels.entrySet()) {
                said.merge(label.getKey(), (double) label.getValue() * unit.getValue(), Double::sum);
                pairs -= (double) label.getValue() * label.getValue();
            }
            all += (double) names.length * unit.getValue();
            apart += pairs / (names.length - 1) * unit.getValue();
        }
        double expected = all * all;
        for (double times : said.values()) {
            expected -= times * times;
        }
        return expected == 0 ? Double.NaN : 1 - apart * (all - 1) / expected;
    }
}
