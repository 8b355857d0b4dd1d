package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.td;
import static org.espalier.report.draw.Html.tr;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espalier.bench.run.AnswerCounts;
import org.espalier.core.file.Json;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.WrongSteps;
import org.espalier.report.study.PathCounts;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudyScope;

/** Where the paths of each row first go wrong: a shaded table over all questions, and drawings by kind of question. */
final class StudyWrongSteps {
    private static final int STEPS = 9;

    private final StudyRecord study;
    private final List<String> answered;
    private final int steps;

    /** @param answered rows whose answers are on the page, in the order of its list */
    StudyWrongSteps(StudyRecord study, List<String> answered) {
        this.study = study;
        this.answered = List.copyOf(answered);
        this.steps = Math.min(STEPS, study.lastWrongStep());
    }

    ReportSection section() {
        ReportSection section = new ReportSection("wrong", "Where paths first go wrong");
        return steps == 0 ? section : section.add(table()).add(drawings());
    }

    private Html table() {
        String caption = "The first wrong step, percent of all paths";
        Element head = tr(head("row"), head("none"));
        IntStream.rangeClosed(1, steps).forEach(step -> head.add(head("step " + step)));
        List<Html> rows = study.rows().stream().map(this::line).toList();
        return TableDrawing.wide(
                caption, TableDrawing.table("study heat", element("caption").add(caption), List.of(head), rows));
    }

    private static Html head(String words) {
        return element("th").attribute("scope", "col").add(words);
    }

    private Html line(RowFacts row) {
        PathCounts counts = study.of(row, StudyScope.ALL);
        Element line = tr(element("th").attribute("scope", "row").add(row.label()));
        line.add(cell(row, 0, counts.judged() - counts.wrong(), counts.judged()));
        for (int step = 1; step <= steps; step++) {
            line.add(cell(row, step, counts.firstWrongStep().getOrDefault(step, 0L), counts.judged()));
        }
        return line;
    }

    /** The number of a step leads to its answers, where they are on the page. */
    private Html cell(RowFacts row, int step, long these, long judged) {
        if (judged == 0) {
            return td("–");
        }
        double share = (double) these / judged;
        String percent = ReportWording.percent(100 * share);
        Element cell = element("td", step == 0 ? "none" : "")
                .attribute("style", String.format(Locale.ROOT, "--share: %.3f", share));
        int place = answered.indexOf(row.label());
        if (place < 0 || these == 0) {
            return cell.add(percent);
        }
        String show =
                Json.line(Json.object().put("row", Integer.toString(place)).put("wrong", Integer.toString(step)));
        String words = step == 0 ? "no wrong step" : "first wrong step " + step;
        return cell.add(element("a")
                .attribute("href", "#answers")
                .attribute("data-show", show)
                .attribute("aria-label", percent + " percent, " + row.label() + ", " + words + ": show the answers")
                .add(percent));
    }

    private Html drawings() {
        List<WrongSteps.Method> methods = study.rows().stream()
                .map(row -> new WrongSteps.Method(
                        row.label(),
                        "",
                        "first wrong steps of " + row.label() + ", percent of unsafe questions and of safe twins: "
                                + words(row),
                        counts(row, StudyScope.UNSAFE),
                        counts(row, StudyScope.SAFE)))
                .toList();
        return Html.all(
                element("p", "above").add(Html.text("The same in percent of the paths of "), WrongSteps.key()),
                WrongSteps.panels(steps > 6 ? "three" : "four", methods, steps));
    }

    private String words(RowFacts row) {
        StringBuilder words = new StringBuilder();
        for (int step = 1; step <= steps; step++) {
            String unsafe = ReportWording.percent(100 * WrongSteps.share(counts(row, StudyScope.UNSAFE), step));
            String safe = ReportWording.percent(100 * WrongSteps.share(counts(row, StudyScope.SAFE), step));
            words.append("step " + step + " " + unsafe + " and " + safe + (step == steps ? "" : "; "));
        }
        return words.toString();
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
}
