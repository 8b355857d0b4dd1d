package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.espalier.bench.stats.Cellwise;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.stats.Statistic;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.QuestionKind;

/**
 * What units would count as if the answers that have no verdict had one: how far figures could move. Units alike are one
 * entry with their number, so that a hundred thousand of them need little memory.
 */
final class Unjudged {
    /** So many ways to fill in a unit are tried; where there are more, all that is missing of it gets one label. */
    private static final int MOST_WAYS = 256;

    /** Stands for all cells together. */
    private static final String POOL = "";

    private final Benchmark benchmark;
    /** By cell, then by the outcomes that would be counted besides those that are: in how many units. */
    private final Map<String, Map<Set<List<String>>, Integer>> units = new LinkedHashMap<>();

    Unjudged(Benchmark benchmark) {
        this.benchmark = benchmark;
    }

    /**
     * Takes in a unit.
     *
     * @param scored what it counts as now
     */
    void add(QuestionKind kind, List<Optional<AnswerVerdict>> verdicts, List<String> scored) {
        if (verdicts.stream().allMatch(Optional::isPresent)) {
            return;
        }
        Set<List<String>> ways = new LinkedHashSet<>();
        for (List<Optional<AnswerVerdict>> filled : filled(verdicts, benchmark.extremes(kind.category()))) {
            List<String> more = new ArrayList<>(benchmark.score(kind.category(), filled));
            scored.forEach(more::remove);
            ways.add(more);
        }
        if (!ways.equals(Set.of(List.of())) && !ways.isEmpty()) {
            units.computeIfAbsent(kind.cell(), _ -> new LinkedHashMap<>()).merge(ways, 1, Integer::sum);
        }
    }

    private static List<List<Optional<AnswerVerdict>>> filled(
            List<Optional<AnswerVerdict>> verdicts, List<String> labels) {
        long missing = verdicts.stream().filter(Optional::isEmpty).count();
        if (Math.pow(labels.size(), missing) > MOST_WAYS) {
            return labels.stream()
                    .map(label -> verdicts.stream()
                            .map(verdict -> verdict.or(() -> Optional.of(new AnswerVerdict(label, ""))))
                            .toList())
                    .toList();
        }
        List<List<Optional<AnswerVerdict>>> all = new ArrayList<>(List.of(List.of()));
        for (Optional<AnswerVerdict> verdict : verdicts) {
            List<List<Optional<AnswerVerdict>>> longer = new ArrayList<>();
            for (List<Optional<AnswerVerdict>> begun : all) {
                for (AnswerVerdict next : verdict.map(List::of)
                        .orElseGet(() -> labels.stream()
                                .map(label -> new AnswerVerdict(label, ""))
                                .toList())) {
                    List<Optional<AnswerVerdict>> one = new ArrayList<>(begun);
                    one.add(Optional.of(next));
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all;
    }

    /**
     * The least and the greatest value of a figure; empty where no answer is missing that it is of.
     *
     * @param counted outcomes of the same cells
     */
    Optional<Interval> bounds(Predicate<String> cells, OutcomeTally counted, Statistic figure) {
        Collection<String> moved = figure.cells().orElse(units.keySet()).stream()
                .filter(cell -> units.containsKey(cell) && cells.test(cell))
                .toList();
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        double least = extreme(moved, counted, figure, false);
        double most = extreme(moved, counted, figure, true);
        return Double.isNaN(least) || Double.isNaN(most) || least == most
                ? Optional.empty()
                : Optional.of(new Interval(Math.min(least, most), Math.max(least, most)));
    }

    /** Cells move a figure independently of each other, so that each kind of unit takes the way that is best for itself. */
    private double extreme(Collection<String> moved, OutcomeTally counted, Statistic figure, boolean greatest) {
        OutcomeTally tally = figure.cells().map(of -> counted.copy(of)).orElseGet(() -> counted.copy());
        Optional<Trial> pool = figure.cellwise()
                .filter(Cellwise::pooled)
                .map(it ->
                        new Trial(tally.pooled(POOL), POOL, pooled -> it.alone().applyAsDouble(pooled, POOL)));
        for (String cell : moved) {
            Trial whole = new Trial(tally, cell, figure.value());
            Trial alone = pool.or(() -> figure.cellwise()
                            .map(it -> new Trial(tally, cell, of -> it.alone().applyAsDouble(of, cell))))
                    .orElse(whole);
            Objects.requireNonNull(units.get(cell)).forEach((ways, times) -> {
                Choice choice = alone.best(ways, times, greatest);
                // Where a way leaves a cell empty, the other cells decide whether that is better.
                List<String> best =
                        choice.empty() ? whole.best(ways, times, greatest).way() : choice.way();
                count(tally, cell, best, times);
                pool.ifPresent(it -> count(it.tally(), POOL, best, times));
            });
        }
        return figure.value().applyAsDouble(tally);
    }

    /** Tries ways out on some counts: what a figure, or what it is of a cell, becomes by each. */
    private record Trial(OutcomeTally tally, String cell, ToDoubleFunction<OutcomeTally> value) {
        Choice best(Set<List<String>> ways, int times, boolean greatest) {
            Optional<List<String>> best = Optional.empty();
            double of = Double.NaN;
            boolean empty = false;
            for (List<String> way : ways) {
                count(tally, cell, way, times);
                double with = value.applyAsDouble(tally);
                count(tally, cell, way, -times);
                empty |= Double.isNaN(with);
                if (best.isEmpty() || Double.isNaN(of) || (greatest ? with > of : with < of)) {
                    best = Optional.of(way);
                    of = with;
                }
            }
            return new Choice(best.orElseThrow(), empty);
        }
    }

    /** @param empty whether one of the ways left nothing counted */
    private record Choice(List<String> way, boolean empty) {}

    private static void count(OutcomeTally tally, String cell, List<String> outcomes, int times) {
        outcomes.forEach(outcome -> tally.add(cell, outcome, times));
    }
}
