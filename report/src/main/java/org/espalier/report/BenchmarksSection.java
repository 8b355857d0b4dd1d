package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.td;
import static org.espalier.report.draw.Html.th;
import static org.espalier.report.draw.Html.tr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.BenchRun;

/** The figures of each benchmark that has no parts, a table each, the best of a column in bold. */
final class BenchmarksSection {
    private final Map<String, List<BenchRun>> byBenchmark = new LinkedHashMap<>();
    private final boolean ranked;

    /** @param ranked whether the runs of each benchmark were measured in one way */
    BenchmarksSection(List<BenchRun> benches, boolean ranked) {
        List<String> order =
                Benchmarks.shipped().all().stream().map(Benchmark::name).toList();
        order.forEach(name -> byBenchmark.put(name, new ArrayList<>()));
        benches.forEach(run -> byBenchmark
                .computeIfAbsent(run.result().benchmark(), _ -> new ArrayList<>())
                .add(run));
        byBenchmark.values().removeIf(List::isEmpty);
        this.ranked = ranked;
    }

    ReportSection section() {
        ReportSection section = new ReportSection("benchmarks", "Benchmarks");
        if (byBenchmark.isEmpty()) {
            return section;
        }
        section.say("Percent of what was judged, below each figure its 95 % interval; ↑ more is better, ↓ less is."
                + " Answers without a verdict are counted apart and are in no figure; where there are any, the least"
                + " and the greatest value that they could give it stands below. What a provider's filter blocked"
                + " counts by the benchmark's own rule, if it has one."
                + (ranked ? "" : " The runs were measured in different ways: nothing is ranked."));
        byBenchmark.values().forEach(runs -> section.add(table(runs)));
        return section;
    }

    private Html table(List<BenchRun> runs) {
        Result first = runs.getFirst().result();
        List<String> keys = first.headlines().stream().map(ResultFigure::key).toList();
        Element head = tr(th("model"));
        first.headlines().forEach(figure -> head.add(th(figure.head())));
        head.add(element("th", "first").add("judged"), th("without a verdict"));
        List<Html> rows = new ArrayList<>();
        for (BenchRun run : runs) {
            Element row = tr(th(run.subject()));
            keys.forEach(key -> row.add(cell(runs, run, key)));
            var counts = run.result().counts();
            String without = counts.withoutVerdict();
            rows.add(row.add(
                    element("td", "first").add(counts.judged() + " of " + counts.answers()),
                    td(without.isEmpty() ? "0" : without)));
        }
        Element whole = element("div", "wide")
                .attribute("id", first.benchmark())
                .add(TableDrawing.table("rates suite", element("caption").add(first.title()), List.of(head), rows));
        runs.forEach(run ->
                run.result().notes().forEach(note -> whole.add(Html.p("facts", run.subject() + ": " + note))));
        return whole.add(details(runs));
    }

    private Html cell(List<BenchRun> runs, BenchRun run, String key) {
        Element cell = element("td");
        run.result()
                .figure(key)
                .filter(figure -> figure.value().isPresent())
                .ifPresentOrElse(
                        figure -> {
                            String value =
                                    ReportWording.hundredths(figure.value().getAsDouble());
                            cell.add(isBest(runs, figure) ? element("b").add(value) : Html.text(value));
                            figure.interval()
                                    .ifPresent(it -> cell.add(element("small")
                                            .add(ReportWording.hundredths(it.low()) + "–"
                                                    + ReportWording.hundredths(it.high()))));
                            figure.bounds()
                                    .ifPresent(it -> cell.add(element("small").add(ReportWording.bounds(it))));
                            figure.note()
                                    .ifPresent(note -> cell.add(element("small").add(note)));
                        },
                        () -> cell.add("–"));
        return cell;
    }

    private boolean isBest(List<BenchRun> runs, ResultFigure figure) {
        return ranked
                && runs.size() > 1
                && runs.stream()
                        .flatMap(run -> run.result().figure(figure.key()).stream())
                        .map(ResultFigure::value)
                        .filter(OptionalDouble::isPresent)
                        .noneMatch(other -> figure.direction()
                                .better(other.getAsDouble(), figure.value().orElse(Double.NaN)));
    }

    private static Html details(List<BenchRun> runs) {
        Element head = tr(th("figure"));
        runs.forEach(run -> head.add(th(run.subject())));
        List<Html> rows = new ArrayList<>();
        for (ResultFigure figure : runs.getFirst().result().figures()) {
            Element row = tr(th(figure.head()));
            runs.forEach(run -> row.add(td(
                    run.result().figure(figure.key()).map(ReportWording::exact).orElse("–"))));
            rows.add(row);
        }
        return Html.details(
                "every figure of " + runs.getFirst().result().title(),
                Html.div("wide", TableDrawing.table("rates", Html.nothing(), List.of(head), rows)));
    }
}
