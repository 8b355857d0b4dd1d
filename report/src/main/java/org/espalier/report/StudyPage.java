package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.run.AnswerCounts;
import org.espalier.report.StudyTables.Table;
import org.espalier.report.draw.DifferencePlot;
import org.espalier.report.draw.Emblem;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.Points;
import org.espalier.report.draw.WrongSteps;
import org.espalier.report.study.PathCounts;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyDifference;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudyScope;
import org.espalier.report.study.StudySummary;

/** The page of a study: the answer first, then what it stands on. One file without scripts that asks nothing of the network. */
final class StudyPage {
    private static final int STEPS = 9;

    private final StudyRecord study;
    private final StudyTables tables;
    private final StudySummary summary;

    StudyPage(StudyRecord study) {
        this.study = study;
        this.tables = new StudyTables(study);
        this.summary = new StudySummary(study);
    }

    String html() {
        List<ReportSection> sections = new ArrayList<>(List.of(
                answer(),
                curves(),
                tabled("rates", "Rates", tables.rates()),
                tabled("splits", "Known pairs and new ones", tables.splits()),
                tabled("differences", "Every difference", tables.differences(StudyRate.SER)),
                wrongSteps(),
                tabled("cost", "What it takes", tables.cost()),
                tabled("tried", "All that was tried", tables.tried()),
                configuration()));
        sections.removeIf(ReportSection::isEmpty);
        Element list = Html.element("ul", "lead");
        summary.sentences().forEach(sentence -> list.add(Html.element("li").add(sentence)));
        Html header = Html.element("header")
                .add(
                        Emblem.draw(),
                        Html.element("div")
                                .add(
                                        Html.element("h1").add("Study: " + study.part()),
                                        list,
                                        Html.element("nav")
                                                .attribute("aria-label", "sections")
                                                .add(sections.stream()
                                                        .map(ReportSection::link)
                                                        .toList())));
        StringBuilder out = new StringBuilder("<!doctype html>\n");
        Html.element("html")
                .attribute("lang", "en")
                .add(
                        Page.head("Espalier study: " + study.part(), ""),
                        Html.element("body")
                                .add(
                                        header,
                                        Html.element("main")
                                                .add(sections.stream()
                                                        .map(ReportSection::html)
                                                        .toList())))
                .write(out);
        return out.append('\n').toString();
    }

    private ReportSection answer() {
        ReportSection section = new ReportSection("answer", "Against the best baseline of the same stages");
        List<StudyDifference> differences = study.headline();
        if (differences.isEmpty()) {
            return section;
        }
        List<DifferencePlot.Line> lines =
                differences.stream().map(StudyPage::line).toList();
        return section.add(Html.element("p")
                        .add(
                                "Points of SER, paired by cell: the mean, its 95 % interval, and a circle for each pair of base"
                                        + " model and world. " + summary.choice()))
                .add(Html.element("figure").add(DifferencePlot.draw(label(lines), lines)));
    }

    private static DifferencePlot.Line line(StudyDifference one) {
        return new DifferencePlot.Line(
                one.row().label(),
                StudySummary.points(one.mean().mean())
                        + one.mean()
                                .interval()
                                .map(it -> " (" + StudySummary.interval(it) + ")")
                                .orElse(""),
                "against " + one.baseline().label() + ": " + one.verdict() + ", higher in "
                        + one.mean().up() + " of " + one.cells() + " cells",
                one.verdict(),
                one.mean().mean(),
                one.mean().interval(),
                one.units().values().stream()
                        .map(unit -> unit.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(0))
                        .toList());
    }

    private static String label(List<DifferencePlot.Line> lines) {
        return "Differences of SER in points. "
                + String.join(
                        " ",
                        lines.stream()
                                .map(line -> line.name() + " " + line.note() + ": " + line.value() + ".")
                                .toList());
    }

    private static ReportSection tabled(String id, String title, Table table) {
        ReportSection section = new ReportSection(id, title);
        return table.lines().isEmpty() ? section : section.add(html(table));
    }

    private static Html html(Table table) {
        Element head = Html.element("tr");
        for (int i = 0; i < table.head().size(); i++) {
            head.add(Html.element("th", i <= table.words() ? "left" : "")
                    .attribute("scope", "col")
                    .add(table.head().get(i)));
        }
        Element body = Html.element("tbody");
        for (List<String> line : table.lines()) {
            Element row = Html.element("tr")
                    .add(Html.element("th").attribute("scope", "row").add(line.getFirst()));
            for (int i = 1; i < line.size(); i++) {
                String word = line.get(i);
                row.add(Html.element("td", (i <= table.words() ? "left" : "") + (word.length() > 30 ? " long" : ""))
                        .add(word));
            }
            body.add(row);
        }
        return Html.element("div", "wide")
                .attribute("tabindex", "0")
                .attribute("role", "region")
                .attribute("aria-label", table.caption())
                .add(Html.element("table", "study")
                        .add(
                                Html.element("caption").add(table.caption()),
                                Html.element("thead").add(head),
                                body));
    }

    /** A drawing for each number that was varied, and each row that it was varied of. */
    private ReportSection curves() {
        ReportSection section = new ReportSection("curves", "Curves");
        Map<String, SortedMap<Double, List<Double>>> drawn = new TreeMap<>();
        for (RowFacts row : study.rows()) {
            if (row.values().size() == 1) {
                row.values()
                        .forEach((name, words) -> number(words)
                                .ifPresent(
                                        value -> drawn.computeIfAbsent(row.of() + ", by " + name, _ -> new TreeMap<>())
                                                .put(value, rates(row))));
            }
        }
        drawn.values().forEach(curve -> curve.values().removeIf(List::isEmpty));
        drawn.values().removeIf(curve -> curve.size() < 2);
        if (drawn.isEmpty()) {
            return section;
        }
        section.add(Html.element("p").add("SER over all questions, percent: the mean over cells, and a dot for each."));
        Element panels = Html.element("div", "panels three");
        drawn.forEach((title, curve) -> panels.add(Html.element("figure")
                .add(
                        Html.element("figcaption").add(Html.element("b").add(title)),
                        Points.draw("SER of " + title + ", percent", curve))));
        return section.add(panels);
    }

    private List<Double> rates(RowFacts row) {
        return study.cells().stream()
                .flatMap(cell -> cell.row(row.label()).stream())
                .flatMap(counts ->
                        StudyRate.SER.of(StudyScope.ALL.of(counts)).stream().boxed())
                .toList();
    }

    private static OptionalDouble number(String words) {
        try {
            return OptionalDouble.of(Double.parseDouble(words));
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    private ReportSection wrongSteps() {
        ReportSection section = new ReportSection("wrong", "Where paths first go wrong");
        int steps = study.rows().stream()
                .flatMap(row -> study.of(row, StudyScope.ALL).firstWrongStep().keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        if (steps == 0) {
            return section;
        }
        int shown = Math.min(steps, STEPS);
        double most = 0.01;
        for (RowFacts row : study.rows()) {
            for (int step = 1; step <= shown; step++) {
                most = Math.max(most, WrongSteps.share(counts(row, StudyScope.UNSAFE), step));
                most = Math.max(most, WrongSteps.share(counts(row, StudyScope.SAFE), step));
            }
        }
        section.add(Html.element("p")
                .add(Html.text("The first wrong step, in percent of the paths of "))
                .add(Html.element("span", "key unsafe").add("unsafe questions"), Html.text(" (left, filled) and of "))
                .add(Html.element("span", "key safe").add("safe twins"), Html.text(" (right, outlined).")));
        Element panels = Html.element("div", "panels " + (shown > 6 ? "three" : "four"));
        for (RowFacts row : study.rows()) {
            panels.add(Html.element("figure")
                    .add(
                            Html.element("figcaption").add(Html.element("b").add(row.label())),
                            WrongSteps.draw(
                                    "first wrong steps of " + row.label() + ": "
                                            + study.of(row, StudyScope.ALL).firstWrongStep(),
                                    counts(row, StudyScope.UNSAFE),
                                    counts(row, StudyScope.SAFE),
                                    shown,
                                    most)));
        }
        return section.add(panels);
    }

    private AnswerCounts counts(RowFacts row, StudyScope scope) {
        PathCounts counts = study.of(row, scope);
        return new AnswerCounts(
                counts.judged(),
                counts.judged(),
                0,
                0,
                counts.judged(),
                new TreeMap<>(),
                counts.judged(),
                counts.judged(),
                counts.firstWrongStep());
    }

    private ReportSection configuration() {
        ReportSection section = new ReportSection("configuration", "What was done");
        StudyRecord.Provenance made = study.made();
        section.add(Html.element("p")
                .add(Html.element("code").add(study.command()))
                .add(", " + made.date() + ", " + made.machine()
                        + made.commit().map(commit -> ", commit " + commit).orElse("") + "."));
        study.notes().forEach(note -> section.add(Html.element("p").add(note)));
        section.add(html(tables.rows()));
        Element hashes = Html.element("tbody");
        made.hashes()
                .forEach((name, hash) -> hashes.add(Html.element("tr")
                        .add(
                                Html.element("th").attribute("scope", "row").add(name),
                                Html.element("td", "left value").add(hash))));
        return section.add(Html.element("details")
                .add(
                        Html.element("summary").add("SHA-256 of what went in"),
                        Html.element("div", "wide")
                                .attribute("tabindex", "0")
                                .add(Html.element("table", "settings").add(hashes))));
    }
}
