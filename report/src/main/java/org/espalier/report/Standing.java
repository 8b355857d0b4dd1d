package org.espalier.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Slice;
import org.espalier.report.run.BenchRun;

/**
 * Who may be called best on a slice: a method whose interval overlaps no other's, or nobody.
 *
 * @param rate by its title
 * @param highest labels of the methods that cannot be told from the one with the highest rate, that one first; one
 *     label alone is a winner
 */
record Standing(Slice slice, String rate, List<String> highest) {
    private record Row(String label, double percent, Interval interval) {}

    /** Of every rate, on unsafe questions, on safe twins and on all. */
    static List<Standing> all(List<BenchRun> runs) {
        List<Standing> standings = new ArrayList<>();
        for (Slice slice : PartSlices.RISKS) {
            runs.getFirst()
                    .result()
                    .figures()
                    .forEach(figure -> of(runs, slice, figure).ifPresent(standings::add));
        }
        return standings;
    }

    /** Empty where fewer than two methods have the figure. */
    static Optional<Standing> of(List<BenchRun> runs, Slice slice, ResultFigure figure) {
        List<Row> rows = new ArrayList<>();
        for (BenchRun run : runs) {
            run.result()
                    .figure(slice, figure.key())
                    .filter(found -> found.value().isPresent())
                    .ifPresent(found -> found.interval()
                            .ifPresent(interval ->
                                    rows.add(new Row(run.label(), found.value().getAsDouble(), interval))));
        }
        if (rows.size() < 2) {
            return Optional.empty();
        }
        rows.sort(Comparator.comparingDouble(Row::percent).reversed());
        Interval top = rows.getFirst().interval();
        return Optional.of(new Standing(
                slice,
                figure.title(),
                rows.stream()
                        .filter(row -> row.interval().overlaps(top))
                        .map(Row::label)
                        .toList()));
    }

    boolean decided() {
        return highest.size() == 1;
    }

    String sentence() {
        String where = rate + " on " + ReportWording.slice(slice) + ": ";
        return decided()
                ? where + highest.getFirst() + " is highest, and its interval overlaps no other."
                : where + "no winner; the intervals of " + ReportWording.list(highest) + " overlap.";
    }
}
