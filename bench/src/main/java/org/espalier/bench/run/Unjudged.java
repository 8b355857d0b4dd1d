package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
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

    /**
     * Units that could count in the same ways.
     *
     * @param ways outcomes that would be counted besides those that are
     */
    private record Alike(String cell, Set<List<String>> ways) {}

    private final Benchmark benchmark;
    private final Map<Alike, Integer> units = new LinkedHashMap<>();

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
            units.merge(new Alike(kind.cell(), ways), 1, Integer::sum);
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
    Optional<Interval> bounds(Predicate<String> cells, OutcomeTally counted, ToDoubleFunction<OutcomeTally> figure) {
        double least = extreme(cells, counted, figure, false);
        double most = extreme(cells, counted, figure, true);
        return Double.isNaN(least) || Double.isNaN(most) || least == most
                ? Optional.empty()
                : Optional.of(new Interval(Math.min(least, most), Math.max(least, most)));
    }

    /** Cells move a figure independently of each other, so that each kind of unit takes the way that is best for itself. */
    private double extreme(
            Predicate<String> cells, OutcomeTally counted, ToDoubleFunction<OutcomeTally> figure, boolean greatest) {
        OutcomeTally tally = counted.copy();
        units.forEach((alike, times) -> {
            if (cells.test(alike.cell())) {
                Optional<List<String>> best = Optional.empty();
                double value = Double.NaN;
                for (List<String> way : alike.ways()) {
                    count(tally, alike.cell(), way, times);
                    double with = figure.applyAsDouble(tally);
                    count(tally, alike.cell(), way, -times);
                    if (best.isEmpty() || Double.isNaN(value) || (greatest ? with > value : with < value)) {
                        best = Optional.of(way);
                        value = with;
                    }
                }
                count(tally, alike.cell(), best.orElseThrow(), times);
            }
        });
        return figure.applyAsDouble(tally);
    }

    private static void count(OutcomeTally tally, String cell, List<String> outcomes, int times) {
        outcomes.forEach(outcome -> tally.add(cell, outcome, times));
    }
}
