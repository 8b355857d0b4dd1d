package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.td;
import static org.espalier.report.draw.Html.th;

import java.util.ArrayList;
import java.util.List;
import org.espalier.report.draw.Html;

/** Methods compared question by question. */
record PairedSection(List<PairedRow> rows) {
    ReportSection section() {
        ReportSection section = new ReportSection("paired", "Question by question");
        if (rows.isEmpty()) {
            return section;
        }
        section.say("Both methods answered the same questions, so how hard a question is cancels out: two methods"
                + " whose own intervals overlap above may still differ here. The difference is"
                + " in percentage points of " + rates(rows)
                + ". A difference is called higher or lower only where its interval"
                + " leaves out 0; p is the two-sided exact sign test on the questions where the two differ. Many"
                + " pairs are looked at here at once and nothing is corrected for that.");
        Html head = TableDrawing.heads(
                "", "", "against", "on", "difference", "interval", "", "better · equal · worse", "p");
        List<Html> body = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            PairedRow row = rows.get(i);
            boolean next = i == 0
                    || !rows.get(i - 1).first().equals(row.first())
                    || !rows.get(i - 1).second().equals(row.second());
            body.add(row(row, next));
        }
        return section.add(TableDrawing.moved("paired", Html.nothing(), List.of(head), body));
    }

    /** What the rows are compared by. */
    static String rates(List<PairedRow> rows) {
        return ReportWording.list(rows.stream().map(PairedRow::rate).distinct().toList());
    }

    private static Html row(PairedRow row, boolean next) {
        var comparison = row.comparison();
        String verdict = row.verdict();
        String sign = switch (verdict) {
            case "higher" -> "▲ ";
            case "lower" -> "▼ ";
            default -> "";
        };
        return element("tr", next ? "next" : "")
                .add(
                        th(next ? row.first().label() : ""),
                        element("td", "left").add(next ? row.second().label() : ""),
                        element("td", "left")
                                .add(row.slice().risk().map(ReportWording::risk).orElse("all")),
                        td(ReportWording.points(comparison.difference())),
                        td(ReportWording.differences(comparison.interval())),
                        element("td", "left verdict " + verdict.replace(' ', '-'))
                                .add(sign + verdict),
                        td(comparison.signs().better() + " · " + comparison.ties() + " · "
                                + comparison.signs().worse()),
                        td(ReportWording.probability(comparison.signs().probability())));
    }
}
