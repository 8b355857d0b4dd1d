package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.Points;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudyScope;

/** What one setting does while all others stay: a drawing for each, and each row that it was varied of. */
final class StudyCurves {
    private static final String LAMBDA = "lambda";

    /** @param name of the setting */
    private record Series(String name, String of, StudyRate rate) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            int byName = name.compareTo(other.name);
            int byRow = byName != 0 ? byName : of.compareTo(other.of);
            return byRow != 0 ? byRow : rate.compareTo(other.rate);
        }
    }

    private final StudyRecord study;
    private final SortedMap<Series, SortedMap<Double, List<Double>>> curves = new TreeMap<>();

    /** @param study whose rows are variants */
    StudyCurves(StudyRecord study) {
        this.study = study;
        for (RowFacts row : study.rows()) {
            if (row.values().size() == 1) {
                row.values().forEach((name, words) -> number(words).ifPresent(value -> add(row, name, value)));
            }
        }
        curves.values().removeIf(curve -> curve.size() < 2);
    }

    private void add(RowFacts row, String name, double value) {
        List<StudyRate> rates =
                name.equals(LAMBDA) ? List.of(StudyRate.SER, StudyRate.SR, StudyRate.ER) : List.of(StudyRate.SER);
        for (StudyRate rate : rates) {
            List<Double> percents = percents(row, rate);
            if (!percents.isEmpty()) {
                curves.computeIfAbsent(new Series(name, row.of(), rate), _ -> new TreeMap<>())
                        .put(value, percents);
            }
        }
    }

    private List<Double> percents(RowFacts row, StudyRate rate) {
        return study.cells().stream()
                .flatMap(cell -> cell.row(row.label()).stream())
                .flatMap(counts -> rate.of(StudyScope.ALL.of(counts)).stream().boxed())
                .toList();
    }

    private static OptionalDouble number(String words) {
        try {
            return OptionalDouble.of(Double.parseDouble(words));
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    ReportSection lambda() {
        return section(
                new ReportSection("lambda", "The loss weight λ"),
                "As the paper's Figure 7: percent of all questions over λ" + over(),
                true);
    }

    ReportSection others() {
        return section(
                new ReportSection("curves", "One thing at a time"), "SER over all questions, percent" + over(), false);
    }

    private String over() {
        int cells = study.cells().size();
        return cells == 1 ? ", in one cell." : ": the mean over " + cells + " cells and a dot for each.";
    }

    private ReportSection section(ReportSection section, String about, boolean lambda) {
        Element panels = element("div", "panels three");
        boolean any = false;
        for (Map.Entry<Series, SortedMap<Double, List<Double>>> curve : curves.entrySet()) {
            Series series = curve.getKey();
            if (series.name().equals(LAMBDA) == lambda) {
                String title = lambda
                        ? series.rate().title() + " of " + series.of() + ", by λ"
                        : series.of() + ", by " + series.name();
                Html drawing = Points.draw(label(title, curve.getValue()), curve.getValue());
                panels.add(Html.figure(drawing, element("b").add(title)));
                any = true;
            }
        }
        return any ? section.say(about).add(panels) : section;
    }

    private static String label(String title, SortedMap<Double, List<Double>> curve) {
        StringBuilder words = new StringBuilder(title).append(", percent:");
        curve.forEach((value, percents) -> words.append(" " + value + ": "
                + ReportWording.percent(percents.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0))
                + ";"));
        return words.toString();
    }
}
