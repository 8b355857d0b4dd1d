package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.stats.ClusterMean;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Direction;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.RateBars;
import org.espalier.report.study.CellCounts;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudyScope;

/** Rates of all rows as bars, in the form of the paper's Figures 5 and 6. */
record StudyRates(StudyRecord study) {
    private static final List<StudyRate> RATES = List.of(StudyRate.SER, StudyRate.SR, StudyRate.ER);

    Html drawings() {
        List<RowFacts> rows = study.rows().stream()
                .filter(row -> study.of(row, StudyScope.ALL).judged() > 0)
                .toList();
        Element panels = element("div", "panels three");
        for (StudyRate rate : RATES) {
            List<RateBars.Bar> bars = rows.stream().map(row -> bar(row, rate)).toList();
            panels.add(Html.figure(
                    RateBars.draw(words(rate, bars), bars), element("b").add(name(rate)), Html.text(", percent")));
        }
        return Html.all(
                element("p")
                        .add(
                                "All questions together, in the form of the paper's Figures 5 and 6; whiskers are 95 % intervals"
                                        + " over pairs of base model and world, and say how worlds differ, not how rows do: for"
                                        + " that the paired differences are there."),
                panels);
    }

    private RateBars.Bar bar(RowFacts row, StudyRate rate) {
        return RateBars.Bar.of(row.label(), study.methods().contains(row), Optional.of(figure(row, rate)));
    }

    private static String name(StudyRate rate) {
        return switch (rate) {
            case SR -> "Safe (SR)";
            case ER -> "Effective (ER)";
            default -> "Safe and effective (SER)";
        };
    }

    private ResultFigure figure(RowFacts row, StudyRate rate) {
        SequencedMap<String, List<Double>> units = new LinkedHashMap<>();
        for (CellCounts cell : study.cells()) {
            cell.row(row.label())
                    .map(counts -> rate.of(StudyScope.ALL.of(counts)))
                    .ifPresent(percent -> percent.ifPresent(
                            it -> units.computeIfAbsent(cell.cell().unit(), _ -> new ArrayList<>())
                                    .add(it)));
        }
        Optional<ClusterMean> mean = ClusterMean.of(units);
        return new ResultFigure(
                rate.name(),
                rate.title(),
                "",
                Direction.HIGHER,
                true,
                mean.map(it -> OptionalDouble.of(it.mean())).orElse(OptionalDouble.empty()),
                mean.flatMap(ClusterMean::interval)
                        .map(it -> new Interval(Math.max(0, it.low()), Math.min(100, it.high()))),
                Optional.empty(),
                Optional.empty());
    }

    private static String words(StudyRate rate, List<RateBars.Bar> bars) {
        StringBuilder words = new StringBuilder(name(rate)).append(", percent:");
        bars.forEach(bar -> bar.figure()
                .flatMap(figure -> figure.value().stream().boxed().findFirst())
                .ifPresent(value -> words.append(String.format(Locale.ROOT, " %s %.1f;", bar.name(), value))));
        return words.toString();
    }
}
