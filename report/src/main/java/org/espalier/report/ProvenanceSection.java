package org.espalier.report;

import java.util.List;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.RunInfo;

/** What each run was made with and from, and when. */
record ProvenanceSection(List<RunInfo> runs) {
    ReportSection section() {
        ReportSection section = new ReportSection("provenance", "Where it comes from");
        Element head = Html.element("tr");
        for (String name : List.of("run", "verb", "began", "took", "resumed", "seeds", "machine")) {
            head.add(Html.element("th", "left").add(name));
        }
        Element body = Html.element("tbody");
        runs.forEach(run -> body.add(row(run)));
        section.add(Html.element("div", "wide")
                .attribute("tabindex", "0")
                .add(Html.element("table", "runs").add(Html.element("thead").add(head), body)));
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
        Element row = Html.element("tr").add(Html.element("th").add(run.name()));
        for (String cell : List.of(
                run.verb(),
                run.started(),
                took,
                run.resumed() == 0 ? "–" : run.resumed() + " ×",
                seeds,
                run.device())) {
            row.add(Html.element("td", "left").add(cell));
        }
        return row;
    }

    private static Html details(RunInfo run) {
        return Html.element("details")
                .add(
                        Html.element("summary").add(run.name() + ": configuration, versions, inputs"),
                        list("configuration", run.configuration()),
                        list("versions", run.versions()),
                        list("inputs (SHA-256)", run.inputs()));
    }

    private static Html list(String caption, List<RunInfo.Entry> entries) {
        if (entries.isEmpty()) {
            return Html.nothing();
        }
        Element body = Html.element("tbody");
        entries.forEach(entry -> body.add(Html.element("tr")
                .add(
                        Html.element("th").add(entry.name()),
                        Html.element("td", "left value").add(entry.value()),
                        Html.element("td", "left source").add(entry.source()))));
        return Html.element("div", "wide")
                .attribute("tabindex", "0")
                .add(Html.element("table", "settings")
                        .add(Html.element("caption").add(caption), body));
    }
}
