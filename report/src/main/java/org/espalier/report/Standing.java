package org.espalier.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.rsbench.Estimate;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.report.run.BenchRun;

/**
 * Who may be called best on a slice: a method whose interval overlaps no other's, or nobody.
 *
 * @param highest labels of the methods that cannot be told from the one with the highest rate, that one first; one
 *     label alone is a winner
 */
record Standing(Slice slice, Rate rate, List<String> highest) {
    private record Row(String label, Estimate estimate) {}

    /** Empty where fewer than two methods have the figure. */
    static Optional<Standing> of(List<BenchRun> benches, Slice slice, Rate rate) {
        List<Row> rows = new ArrayList<>();
        for (BenchRun bench : benches) {
            bench.results()
                    .of(slice)
                    .flatMap(figures -> figures.of(rate))
                    .ifPresent(estimate -> rows.add(new Row(bench.method().label(), estimate)));
        }
        if (rows.size() < 2) {
            return Optional.empty();
        }
        rows.sort(Comparator.comparingDouble((Row row) -> row.estimate().rate()).reversed());
        Estimate top = rows.getFirst().estimate();
        return Optional.of(new Standing(
                slice,
                rate,
                rows.stream()
                        .filter(row -> row.estimate().interval().overlaps(top.interval()))
                        .map(Row::label)
                        .toList()));
    }

    boolean decided() {
        return highest.size() == 1;
    }

    String sentence() {
        String where = rate.symbol() + " on " + Wording.slice(slice) + ": ";
        return decided()
                ? where + highest.getFirst() + " is highest, and its interval overlaps no other."
                : where + "no winner; the intervals of " + Wording.list(highest) + " overlap.";
    }
}
