package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.espalier.bench.rsbench.Counts;
import org.espalier.bench.rsbench.Figures;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.RateBars;
import org.espalier.report.run.BenchRun;

/** SR, ER and SER of every method: who stands out, bars, tables. */
final class RatesSection {
    private final List<BenchRun> benches;

    private final boolean ranked;

    /** @param ranked whether the runs were measured in one way, so that one may be called higher than another */
    RatesSection(List<BenchRun> benches, boolean ranked) {
        this.benches = benches;
        this.ranked = ranked;
    }

    Section section() {
        Section section = new Section("rsbench", "RSBench");
        section.add(Html.element("p")
                .add(
                        "SR is the share of safe paths, ER of effective ones, SER of those that are both, in percent of the"
                                + " judged paths. Below each rate its interval."));
        section.add(table(Slice.ALL, "All questions"));
        Element standings = Html.element("ul", "standings");
        for (Slice slice : PairedRow.SLICES) {
            for (Rate rate : Rate.values()) {
                Standing.of(benches, slice, rate)
                        .ifPresent(standing -> standings.add(Html.element("li", standing.decided() ? "decided" : "open")
                                .add(standing.sentence())));
            }
        }
        if (ranked) {
            section.add(standings);
        }
        PairedRow.SLICES.forEach(slice -> section.add(bars(slice)));
        for (String split : splits(benches)) {
            section.add(table(Slice.ALL.inSplit(split), Wording.sentence(Wording.split(split))));
        }
        return section.add(categories());
    }

    /** Names of the splits that any of the runs has, in alphabetical order but with the seen ones first. */
    static List<String> splits(List<BenchRun> benches) {
        TreeSet<String> splits = new TreeSet<>(java.util.Comparator.comparing((String split) -> !split.equals("seen"))
                .thenComparing(java.util.Comparator.naturalOrder()));
        benches.forEach(bench -> bench.results()
                .figures()
                .forEach(figures -> figures.slice().split().ifPresent(splits::add)));
        return List.copyOf(splits);
    }

    private Html bars(Slice slice) {
        int questions = benches.stream()
                .mapToInt(bench -> bench.results()
                        .of(slice)
                        .map(figures -> figures.counts().questions())
                        .orElse(0))
                .max()
                .orElse(0);
        Element panels = Html.element("div", "panels three");
        for (Rate rate : Rate.values()) {
            List<RateBars.Bar> bars = benches.stream()
                    .map(bench -> new RateBars.Bar(
                            bench.method().name(),
                            bench.method().note(),
                            bench.method().isSrpo(),
                            bench.results().of(slice).flatMap(figures -> figures.of(rate))))
                    .toList();
            panels.add(Html.element("figure")
                    .add(
                            Html.element("figcaption")
                                    .add(Html.element("b").add(rate.symbol()), Html.text(" " + rate.words())),
                            RateBars.draw(rate.symbol() + " on " + Wording.slice(slice), bars)));
        }
        return Html.element("div", "together")
                .add(
                        Html.element("h3")
                                .add(Html.text(Wording.sentence(Wording.slice(slice)) + " "))
                                .add(Html.element("small").add(Wording.count(questions, "question", "questions"))),
                        panels);
    }

    private Html table(Slice whole, String caption) {
        List<Slice> slices = PairedRow.SLICES.stream()
                .map(slice -> new Slice(slice.risk(), whole.split(), whole.category()))
                .toList();
        Element head = Html.element("tr")
                .add(Html.element("th").attribute("rowspan", "2").add("method"));
        Element second = Html.element("tr");
        for (Slice slice : slices) {
            head.add(Html.element("th", "group")
                    .attribute("colspan", "3")
                    .add(slice.risk().map(Wording::risk).orElse("all")));
            for (Rate rate : Rate.values()) {
                second.add(
                        Html.element("th", rate == Rate.SAFETY ? "first" : "").add(rate.symbol()));
            }
        }
        head.add(Html.element("th", "group first").attribute("colspan", "2").add("paths"));
        second.add(Html.element("th", "first").add("judged"), Html.element("th").add("failed"));
        List<Html> rows = new ArrayList<>();
        for (BenchRun bench : benches) {
            rows.add(row(bench, slices));
        }
        return Html.element("div", "wide")
                .attribute("tabindex", "0")
                .add(Html.element("table", "rates")
                        .add(
                                Html.element("caption").add(caption),
                                Html.element("thead").add(head, second),
                                Html.element("tbody").add(rows)));
    }

    private static Html row(BenchRun bench, List<Slice> slices) {
        Element row = Html.element("tr", bench.method().isSrpo() ? "strong" : "")
                .add(Html.element("th").add(bench.method().label()));
        for (Slice slice : slices) {
            addRates(row, bench.results().of(slice));
        }
        Optional<Counts> counts = bench.results().of(slices.getLast()).map(Figures::counts);
        return row.add(
                Html.element("td", "first")
                        .add(counts.map(c -> c.judged() + " of " + c.total()).orElse("–")),
                Html.element("td")
                        .add(counts.map(c -> Integer.toString(c.failed())).orElse("–")));
    }

    private static void addRates(Element row, Optional<Figures> figures) {
        for (Rate rate : Rate.values()) {
            Element cell = Html.element("td", rate == Rate.SAFETY ? "first" : "");
            figures.flatMap(found -> found.of(rate))
                    .ifPresentOrElse(
                            estimate -> cell.add(Wording.percent(estimate.rate()))
                                    .add(Html.element("small").add(Wording.interval(estimate.interval()))),
                            () -> cell.add("–"));
            row.add(cell);
        }
    }

    private Html categories() {
        TreeSet<String> names = new TreeSet<>();
        benches.forEach(bench -> bench.results()
                .figures()
                .forEach(figures -> figures.slice().category().ifPresent(names::add)));
        if (names.isEmpty()) {
            return Html.nothing();
        }
        Element head = Html.element("tr")
                .add(Html.element("th").attribute("rowspan", "2").add("category"));
        Element second = Html.element("tr");
        benches.forEach(bench -> {
            head.add(Html.element("th", "group")
                    .attribute("colspan", "3")
                    .add(bench.method().label()));
            for (Rate rate : Rate.values()) {
                second.add(
                        Html.element("th", rate == Rate.SAFETY ? "first" : "").add(rate.symbol()));
            }
        });
        List<Html> rows = new ArrayList<>();
        for (String name : names) {
            Element row = Html.element("tr").add(Html.element("th").add(name));
            benches.forEach(bench -> addRates(row, bench.results().of(Slice.ALL.inCategory(name))));
            rows.add(row);
        }
        return Html.element("details")
                .add(
                        Html.element("summary").add("SR, ER and SER by category"),
                        Html.element("div", "wide")
                                .attribute("tabindex", "0")
                                .add(Html.element("table", "rates")
                                        .add(
                                                Html.element("thead").add(head, second),
                                                Html.element("tbody").add(rows))));
    }
}
