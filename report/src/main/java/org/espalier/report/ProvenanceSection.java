package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.th;
import static org.espalier.report.draw.Html.tr;

import java.util.List;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.RunInfo;

/** What each run was made with and from, and when. */
record ProvenanceSection(List<RunInfo> runs) {
    ReportSection section() {
        ReportSection section = new ReportSection("provenance", "Where it comes from");
        Html head = TableDrawing.heads("left", "run", "verb", "began", "took", "resumed", "seeds", "machine");
        List<Html> rows = runs.stream().map(ProvenanceSection::row).toList();
        section.add(TableDrawing.moved("runs", Html.nothing(), List.of(head), rows));
        runs.forEach(run -> section.add(details(run)));
        return section;
    }

    private static Html row(RunInfo run) {
        String seeds = String.join(
                ", ",
                run.seeds().stream()
                        .map(seed -> seed.name() + " " + seed.value())
                        .toList());
        String took = run.duration()
                .map(ReportWording::duration)
                .orElse(run.finished().isEmpty() ? "not finished" : "?");
        Element row = tr(th(run.name()));
        for (String cell : List.of(
                run.verb(),
                run.started(),
                took,
                run.resumed() == 0 ? "–" : run.resumed() + " ×",
                seeds,
                run.device())) {
            row.add(element("td", "left").add(cell));
        }
        return row;
    }

    private static Html details(RunInfo run) {
        return Html.details(
                run.name() + ": configuration, versions, inputs",
                list("configuration", run.configuration()),
                list("versions", run.versions()),
                list("inputs (SHA-256)", run.inputs()));
    }

    private static Html list(String caption, List<RunInfo.Entry> entries) {
        if (entries.isEmpty()) {
            return Html.nothing();
        }
        Element body = element("tbody");
        entries.forEach(entry -> body.add(tr(
                th(entry.name()),
                element("td", "left value").add(entry.value()),
                element("td", "left source").add(entry.source()))));
        return element("div", "wide")
                .attribute("tabindex", "0")
                .add(element("table", "settings").add(element("caption").add(caption), body));
    }
}
