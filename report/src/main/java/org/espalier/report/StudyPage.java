package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.set.RsBench;
import org.espalier.report.StudyTables.Table;
import org.espalier.report.draw.DifferencePlot;
import org.espalier.report.draw.Emblem;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.RunInfo;
import org.espalier.report.study.CellRuns;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyDifference;
import org.espalier.report.study.StudyEvidence;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudySummary;

/** The page of a study: the answer first, then what it stands on. One file that asks nothing of the network. */
final class StudyPage {
    private final StudyRecord study;
    private final StudyEvidence evidence;
    private final StudyTables tables;
    private final StudySummary summary;
    private final StudyAnswers answers;

    StudyPage(StudyRecord study, StudyEvidence evidence) {
        this.study = study;
        this.evidence = evidence;
        this.tables = new StudyTables(study);
        this.summary = new StudySummary(study);
        this.answers = new StudyAnswers(evidence.cells(), StudyAnswers.MOST);
    }

    String html() {
        List<ReportSection> sections = sections();
        Element list = element("ul", "lead");
        summary.sentences().forEach(sentence -> list.add(element("li").add(sentence)));
        Html header = element("header")
                .add(
                        Emblem.draw(),
                        Html.div(
                                element("h1").add("Study: " + study.part()),
                                list,
                                element("nav")
                                        .attribute("aria-label", "sections")
                                        .add(sections.stream()
                                                .map(ReportSection::link)
                                                .toList())));
        String scripts =
                answers.isEmpty() ? "" : "; script-src " + StudyBrowser.script().hash();
        Html main =
                element("main").add(sections.stream().map(ReportSection::html).toList());
        return Page.whole("Espalier study: " + study.part(), scripts, header, main);
    }

    private List<ReportSection> sections() {
        StudyCurves curves = new StudyCurves(evidence.curves().orElse(study));
        List<ReportSection> sections = new ArrayList<>(List.of(
                answer(),
                rates(),
                tabled("splits", "Known pairs and new ones", tables.splits()),
                curves.lambda(),
                curves.others(),
                new StudyWrongSteps(study, answers.rows()).section()));
        before().ifPresent(sections::add);
        evidence.cells().stream()
                .findFirst()
                .ifPresent(cell -> sections.add(new StudyTreesSection(cell, study.rows()).section()));
        sections.addAll(List.of(
                new StudyBrowser(answers).section(),
                tabled("cost", "What it takes", tables.cost()),
                tabled("tried", "All that was tried", tables.tried()),
                configuration()));
        sections.removeIf(ReportSection::isEmpty);
        return sections;
    }

    private ReportSection answer() {
        ReportSection section = new ReportSection(
                "answer", "Against the best baseline of the same length, and against its own first stage");
        List<StudyDifference> differences = study.headline();
        if (!differences.isEmpty()) {
            List<DifferencePlot.Line> lines =
                    differences.stream().map(StudyPage::line).toList();
            section.say("Points of SER, paired by cell: the mean, its 95 % interval, and a circle for each pair of base"
                            + " model and world. " + summary.choice())
                    .add(element("figure").add(DifferencePlot.draw(label(lines), lines)));
        }
        Table all = tables.differences(StudyRate.SER);
        return all.lines().isEmpty() ? section : section.add(Html.details("Every difference", TableDrawing.draw(all)));
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

    private ReportSection rates() {
        ReportSection section = tabled("rates", "Rates", tables.rates());
        return section.isEmpty()
                ? section
                : new ReportSection("rates", "Rates")
                        .add(new StudyRates(study).drawings())
                        .add(TableDrawing.draw(tables.rates()));
    }

    private static ReportSection tabled(String id, String title, Table table) {
        ReportSection section = new ReportSection(id, title);
        return table.lines().isEmpty() ? section : section.add(TableDrawing.draw(table));
    }

    /** Paths of the base model beside those of the method that is furthest ahead, in the first cell that has both. */
    private Optional<ReportSection> before() {
        Stream<RowFacts> best = study.headline().stream()
                .sorted(Comparator.comparingDouble(one -> -one.mean().mean()))
                .map(StudyDifference::row);
        Stream<RowFacts> others =
                study.rows().reversed().stream().filter(row -> !row.stages().isEmpty());
        return study.rows().stream()
                .filter(row -> row.stages().isEmpty())
                .findFirst()
                .flatMap(base -> Stream.concat(best, others)
                        .flatMap(tuned -> beside(base, tuned).stream())
                        .findFirst());
    }

    private Optional<ReportSection> beside(RowFacts base, RowFacts tuned) {
        for (CellRuns cell : evidence.cells()) {
            Optional<Example.Measured> was = measured(cell, base);
            Optional<Example.Measured> is = measured(cell, tuned);
            if (was.isPresent() && is.isPresent()) {
                return Optional.of(new PathsSection(was.get(), is.get()).section());
            }
        }
        return Optional.empty();
    }

    private static Optional<Example.Measured> measured(CellRuns cell, RowFacts row) {
        return Optional.ofNullable(cell.rows().get(row.label()))
                .map(CellRuns.RowRuns::measured)
                .filter(folder -> RunInfo.isRun(folder) && Files.exists(folder.resolve(AnswerLine.FILE)))
                .map(folder -> new Example.Measured(row.label(), RsBench.NAME, RunInfo.read(folder)));
    }

    private ReportSection configuration() {
        ReportSection section = new ReportSection("configuration", "What was done");
        StudyRecord.Provenance made = study.made();
        section.add(element("p")
                .add(element("code").add(study.command()))
                .add(", " + made.date() + ", " + made.machine() + made.commits().words() + "."));
        study.notes().forEach(note -> section.say(note));
        section.add(TableDrawing.draw(tables.rows()));
        List<Html> settings = evidence.cells().stream()
                .limit(1)
                .flatMap(cell -> new StudySettings(cell).tables().stream())
                .map(TableDrawing::draw)
                .toList();
        if (!settings.isEmpty()) {
            section.add(Html.details(
                    "Every setting with its source",
                    element("p")
                            .add("What several rows have in common was done once and stands under the first of them."),
                    Html.all(settings)));
        }
        return section.add(Html.details("SHA-256 of what went in", TableDrawing.draw(tables.hashes())));
    }
}
