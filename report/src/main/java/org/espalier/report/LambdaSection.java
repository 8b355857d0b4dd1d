package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.Points;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;
import org.espalier.report.run.Sweep;

/**
 * Figure 7: what the loss weight λ does, drawn where runs of more than two values of it are reported. A curve holds the
 * runs that differ in λ and in seeds alone; others have a drawing of their own.
 */
final class LambdaSection {
    private static final int LEAST = 3;

    /** A curve: a figure, of one base model trained with the same settings but λ. */
    private record Series(String figure, String note) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            int byFigure = figure.compareTo(other.figure);
            return byFigure != 0 ? byFigure : note.compareTo(other.note);
        }
    }

    /** Percents by λ, several where several runs have one. */
    private final SortedMap<Series, SortedMap<Double, List<Double>>> curves = new TreeMap<>();

    LambdaSection(Runs runs) {
        for (BenchRun run : runs.benches()) {
            run.sweep()
                    .ifPresent(sweep -> run.result().figures().stream()
                            .filter(figure -> figure.headline() || run.result().hasParts())
                            .forEach(figure -> figure.value()
                                    .ifPresent(
                                            value -> add(run.result().title() + " " + figure.title(), sweep, value))));
        }
        curves.values().removeIf(curve -> curve.size() < LEAST);
    }

    private void add(String figure, Sweep place, double percent) {
        curves.computeIfAbsent(new Series(figure, place.note()), _ -> new TreeMap<>())
                .computeIfAbsent(place.lambda(), _ -> new ArrayList<>())
                .add(percent);
    }

    ReportSection section() {
        ReportSection section = new ReportSection("figure7", "The loss weight λ");
        if (curves.isEmpty()) {
            return section;
        }
        boolean several = curves.values().stream()
                .flatMap(curve -> curve.values().stream())
                .anyMatch(percents -> percents.size() > 1);
        section.say("As the paper's Figure 7, from the runs of this report alone"
                + (several
                        ? "; the line goes through the mean where several runs share a λ, each of which has a"
                                + " small dot."
                        : "."));
        Element grid = element("div", "panels three");
        curves.forEach((series, points) -> {
            String title = series.figure() + " over λ" + (series.note().isEmpty() ? "" : ", " + series.note());
            grid.add(Html.figure(Points.draw(title, points), Html.text(title)));
        });
        return section.add(grid);
    }
}
