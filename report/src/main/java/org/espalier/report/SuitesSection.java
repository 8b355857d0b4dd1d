package org.espalier.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.bench.run.Figure;
import org.espalier.bench.run.Result;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Prompts;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.SuiteRun;

/** The figures of each benchmark, a table each, the best of a column in bold. */
final class SuitesSection {
    private final Map<String, List<SuiteRun>> byBenchmark = new LinkedHashMap<>();
    private final boolean ranked;

    /** @param ranked whether the runs of each benchmark were measured in one way */
    SuitesSection(List<SuiteRun> suites, boolean ranked) {
        List<String> order = new Benchmarks(Prompts.shipped(), 1)
                .all().stream().map(Benchmark::name).toList();
        order.forEach(name -> byBenchmark.put(name, new ArrayList<>()));
        suites.forEach(run -> byBenchmark
                .computeIfAbsent(run.result().benchmark(), _ -> new ArrayList<>())
                .add(run));
        byBenchmark.values().removeIf(List::isEmpty);
        this.ranked = ranked;
    }

    Section section() {
        Section section = new Section("benchmarks", "Benchmarks");
        if (byBenchmark.isEmpty()) {
            return section;
        }
        section.add(Html.element("p")
                .add("Percent of what was judged, below each figure its 95 % interval; ↑ more is better, ↓ less is."
                        + " Answers without a verdict are counted apart and are in no figure."
                        + (ranked ? "" : " The runs were measured in different ways: nothing is ranked.")));
        byBenchmark.values().forEach(runs -> section.add(table(runs)));
        return section;
    }

    private Html table(List<SuiteRun> runs) {
        Result first = runs.getFirst().result();
        List<String> keys = first.headlines().stream().map(Figure::key).toList();
        Element head = Html.element("tr").add(Html.element("th").add("model"));
        first.headlines()
                .forEach(figure -> head.add(Html.element("th")
                        .add(figure.title() + " " + figure.direction().arrow())));
        head.add(Html.element("th", "first").add("judged"), Html.element("th").add("without a verdict"));
        List<Html> rows = new ArrayList<>();
        for (SuiteRun run : runs) {
            Element row = Html.element("tr").add(Html.element("th").add(run.subject()));
            keys.forEach(key -> row.add(cell(runs, run, key)));
            var tallied = run.result().tallied();
            rows.add(row.add(
                    Html.element("td", "first").add(tallied.judged() + " of " + tallied.answers()),
                    Html.element("td").add(tallied.failed() == 0 ? "0" : tallied.failures())));
        }
        Element whole = Html.element("div", "wide")
                .attribute("id", first.benchmark())
                .add(Html.element("table", "rates suite")
                        .add(
                                Html.element("caption").add(first.title()),
                                Html.element("thead").add(head),
                                Html.element("tbody").add(rows)));
        runs.forEach(run -> run.result()
                .notes()
                .forEach(note -> whole.add(Html.element("p", "facts").add(run.subject() + ": " + note))));
        return whole.add(details(runs));
    }

    private Html cell(List<SuiteRun> runs, SuiteRun run, String key) {
        Element cell = Html.element("td");
        run.result()
                .figure(key)
                .filter(figure -> figure.value().isPresent())
                .ifPresentOrElse(
                        figure -> {
                            String value = String.format(
                                    Locale.ROOT, "%.2f", figure.value().getAsDouble());
                            cell.add(isBest(runs, figure) ? Html.element("b").add(value) : Html.text(value));
                            figure.interval()
                                    .ifPresent(it -> cell.add(Html.element("small")
                                            .add(String.format(Locale.ROOT, "%.2f–%.2f", it.low(), it.high()))));
                            figure.note()
                                    .ifPresent(note ->
                                            cell.add(Html.element("small").add(note)));
                        },
                        () -> cell.add("–"));
        return cell;
    }

    private boolean isBest(List<SuiteRun> runs, Figure figure) {
        return ranked
                && runs.size() > 1
                && runs.stream()
                        .flatMap(run -> run.result().figure(figure.key()).stream())
                        .map(Figure::value)
                        .filter(OptionalDouble::isPresent)
                        .noneMatch(other -> figure.direction()
                                .better(other.getAsDouble(), figure.value().orElse(Double.NaN)));
    }

    private static Html details(List<SuiteRun> runs) {
        Element head = Html.element("tr").add(Html.element("th").add("figure"));
        runs.forEach(run -> head.add(Html.element("th").add(run.subject())));
        List<Html> rows = new ArrayList<>();
        for (Figure figure : runs.getFirst().result().figures()) {
            Element row = Html.element("tr")
                    .add(Html.element("th")
                            .add(figure.title() + " " + figure.direction().arrow()));
            runs.forEach(run -> row.add(Html.element("td")
                    .add(run.result()
                            .figure(figure.key())
                            .map(SuiteTable::value)
                            .orElse("–"))));
            rows.add(row);
        }
        return Html.element("details")
                .add(
                        Html.element("summary")
                                .add("every figure of "
                                        + runs.getFirst().result().title()),
                        Html.element("div", "wide")
                                .add(Html.element("table", "rates")
                                        .add(
                                                Html.element("thead").add(head),
                                                Html.element("tbody").add(rows))));
    }
}
