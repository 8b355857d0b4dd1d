package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.td;
import static org.espalier.report.draw.Html.th;
import static org.espalier.report.draw.Html.tr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.AnswerCounts;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.run.ResultPart;
import org.espalier.bench.suite.Slice;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.RateBars;
import org.espalier.report.run.BenchRun;

/** A benchmark that gives figures of parts of its questions, as RSBench: who stands out, bars, tables. */
final class RatesSection {
    private final List<BenchRun> runs;
    private final Result first;
    private final boolean ranked;
    /** A column that most pages need not have. */
    private final boolean blocked;

    /**
     * @param runs of one benchmark
     * @param ranked whether they were measured in one way, so that one may be called higher than another
     */
    RatesSection(List<BenchRun> runs, boolean ranked) {
        this.runs = runs;
        this.first = runs.getFirst().result();
        this.ranked = ranked;
        this.blocked = runs.stream().anyMatch(run -> run.result().counts().blocked() > 0);
    }

    ReportSection section() {
        ReportSection section = new ReportSection(first.benchmark(), first.title());
        section.say((first.reading() + " Below each rate its interval.").strip());
        section.add(table(Slice.ALL, "All questions"));
        Element standings = element("ul", "standings");
        Standing.all(runs)
                .forEach(standing -> standings.add(
                        element("li", standing.decided() ? "decided" : "open").add(standing.sentence())));
        if (ranked) {
            section.add(standings);
        }
        PartSlices.RISKS.forEach(slice -> section.add(bars(slice)));
        for (String split : PartSlices.splits(runs)) {
            section.add(table(Slice.ALL.inSplit(split), ReportWording.sentence(ReportWording.split(split))));
        }
        return section.add(categories());
    }

    private Html bars(Slice slice) {
        long questions = runs.stream()
                .flatMap(run -> run.result().on(slice).stream())
                .mapToLong(part -> part.counts().questions())
                .max()
                .orElse(0);
        Element panels = element("div", "panels three");
        for (ResultFigure rate : first.figures()) {
            List<RateBars.Bar> bars = runs.stream()
                    .map(run -> RateBars.Bar.of(
                            run.method().name(),
                            run.method().note(),
                            run.method().isSrpo(),
                            run.result().figure(slice, rate.key())))
                    .toList();
            panels.add(Html.figure(
                    RateBars.draw(rate.title() + " on " + ReportWording.slice(slice), bars),
                    element("b").add(rate.title()),
                    Html.text(" " + rate.counted())));
        }
        return Html.div(
                "together",
                element("h3")
                        .add(Html.text(ReportWording.sentence(ReportWording.slice(slice)) + " "))
                        .add(element("small").add(ReportWording.count(questions, "question", "questions"))),
                panels);
    }

    private Html table(Slice whole, String caption) {
        List<Slice> slices = PartSlices.risks(whole);
        Element head = tr(element("th").attribute("rowspan", "2").add("method"));
        Element second = element("tr");
        for (Slice slice : slices) {
            addHead(head, second, slice.risk().map(ReportWording::risk).orElse("all"));
        }
        head.add(element("th", "group first")
                .attribute("colspan", blocked ? "3" : "2")
                .add("paths"));
        second.add(element("th", "first").add("judged"), th("failed"));
        if (blocked) {
            second.add(th("blocked"));
        }
        List<Html> rows = new ArrayList<>();
        for (BenchRun run : runs) {
            rows.add(row(run, slices));
        }
        return rates(element("caption").add(caption), head, second, rows);
    }

    /** A head over all figures of a part. */
    private void addHead(Element head, Element second, String words) {
        head.add(element("th", "group")
                .attribute("colspan", Integer.toString(first.figures().size()))
                .add(words));
        boolean begins = true;
        for (ResultFigure rate : first.figures()) {
            second.add(element("th", begins ? "first" : "").add(rate.title()));
            begins = false;
        }
    }

    private static Html rates(Html caption, Html head, Html second, List<Html> rows) {
        return TableDrawing.moved("rates", caption, List.of(head, second), rows);
    }

    private Html row(BenchRun run, List<Slice> slices) {
        Element row = element("tr", run.method().isSrpo() ? "strong" : "").add(th(run.label()));
        slices.forEach(slice -> addRates(row, run.result().on(slice)));
        Optional<AnswerCounts> counts = run.result().on(slices.getLast()).map(ResultPart::counts);
        row.add(
                element("td", "first")
                        .add(counts.map(c -> c.judged() + " of " + c.answers()).orElse("–")),
                td(counts.map(c -> Long.toString(c.failed())).orElse("–")));
        return blocked ? row.add(td(counts.map(c -> Long.toString(c.blocked())).orElse("–"))) : row;
    }

    private void addRates(Element row, Optional<ResultPart> part) {
        boolean begins = true;
        for (ResultFigure rate : first.figures()) {
            Element cell = element("td", begins ? "first" : "");
            begins = false;
            part.flatMap(found -> found.figure(rate.key()))
                    .filter(figure -> figure.value().isPresent())
                    .ifPresentOrElse(
                            figure -> {
                                cell.add(ReportWording.percent(figure.value().getAsDouble()));
                                figure.interval()
                                        .ifPresent(
                                                it -> cell.add(element("small").add(ReportWording.interval(it))));
                            },
                            () -> cell.add("–"));
            row.add(cell);
        }
    }

    private Html categories() {
        List<String> names = PartSlices.categories(runs);
        if (names.isEmpty()) {
            return Html.nothing();
        }
        Element head = tr(element("th").attribute("rowspan", "2").add("category"));
        Element second = element("tr");
        runs.forEach(run -> addHead(head, second, run.label()));
        List<Html> rows = new ArrayList<>();
        for (String name : names) {
            Element row = tr(th(name));
            runs.forEach(run -> addRates(row, run.result().on(Slice.ALL.inCategory(name))));
            rows.add(row);
        }
        List<String> titles = first.figures().stream().map(ResultFigure::title).toList();
        return Html.details(ReportWording.list(titles) + " by category", rates(Html.nothing(), head, second, rows));
    }
}
