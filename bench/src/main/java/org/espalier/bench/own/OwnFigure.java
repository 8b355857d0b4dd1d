package org.espalier.bench.own;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.bench.stats.Cellwise;
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
        each.ifPresent(level -> byValue(cells, level)
                .forEach((value, some) -> all.add(measure(key + "." + value, title + ", " + value, some, false))));
        return all.stream();
    }

    private static Map<String, List<String>> byValue(Collection<String> cells, int level) {
        return cells.stream()
                .collect(Collectors.groupingBy(cell -> part(cell, level), LinkedHashMap::new, Collectors.toList()));
    }

    private Measure measure(String name, String heading, Collection<String> cells, boolean known) {
        List<String> of = List.copyOf(cells);
        ToDoubleFunction<OutcomeTally> value = tally -> 100
                * (byCell
                        ? OutcomeTally.macro(of.stream()
                                .mapToDouble(cell -> tally.mean(List.of(cell), this::worth))
                                .toArray())
                        : tally.mean(of, this::worth));
        Measure measure = known
                ? Measure.headline(name, heading, direction, value)
                : Measure.detail(name, heading, direction, value);
        return measure.of(of)
                .coming(new Cellwise(!byCell, (tally, cell) -> 100 * tally.mean(List.of(cell), this::worth)));
    }

    private static String part(String cell, int level) {
        String[] parts = cell.split("/", -1);
        return level < parts.length ? parts[level] : cell;
    }
}
