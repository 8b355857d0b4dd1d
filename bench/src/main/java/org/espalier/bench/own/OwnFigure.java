package org.espalier.bench.own;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Measure;

/**
 * A figure: the mean of what labels are worth, in percent.
 *
 * @param worth of each label from 0 to 1; those that are not named are worth 0
 * @param headline whether the benchmark is known by it
 * @param byCell whether it is the unweighted mean over cells, rather than over all questions
 * @param each the level of the category, from 0, for each of whose values it is given too
 */
record OwnFigure(
        String key,
        String title,
        SortedMap<String, Double> worth,
        Direction direction,
        boolean headline,
        boolean byCell,
        Optional<Integer> each) {
    OwnFigure {
        worth = Collections.unmodifiableSortedMap(new TreeMap<>(worth));
    }

    double worth(String label) {
        return worth.getOrDefault(label, 0.0);
    }

    /** How well a label speaks for a model, from 0 to 1. */
    double merit(String label) {
        return direction == Direction.HIGHER ? worth(label) : 1 - worth(label);
    }

    /** The figure, and those of single values of a level. */
    Stream<Measure> measures(SortedSet<String> cells) {
        List<Measure> all = new ArrayList<>();
        all.add(measure(key, title, cells, headline));
        each.ifPresent(level -> cells.stream()
                .map(cell -> part(cell, level))
                .distinct()
                .forEach(value -> all.add(measure(
                        key + "." + value,
                        title + ", " + value,
                        cells.stream()
                                .filter(cell -> part(cell, level).equals(value))
                                .toList(),
                        false))));
        return all.stream();
    }

    private Measure measure(String name, String heading, Collection<String> cells, boolean known) {
        Predicate<String> within = List.copyOf(cells)::contains;
        ToDoubleFunction<OutcomeTally> value = tally -> 100
                * (byCell
                        ? OutcomeTally.macro(cells.stream()
                                .mapToDouble(cell -> tally.mean(cell::equals, this::worth))
                                .toArray())
                        : tally.mean(within, this::worth));
        return known
                ? Measure.headline(name, heading, direction, value)
                : Measure.detail(name, heading, direction, value);
    }

    private static String part(String cell, int level) {
        String[] parts = cell.split("/", -1);
        return level < parts.length ? parts[level] : cell;
    }
}
